#include "bmn-language-profile-private.h"

const BmnLanguageProfile bmn_language_profiles[] = {
  { "en", USCRIPT_LATIN,
    "the and you that was for are with this have not but what all were when we there can an your "
    "which their said if will each about how up out them then she many some so these would other "
    "into has more her two like him see time could no make than first been its who now people my "
    "made over did down only way find use may long very after called just where most know get "
    "don't it's i'm you're can't didn't isn't that's we're our us from they of is at by on he his "
    "be do got going think want love good great day today new year tomorrow never always "
    "should because really why yes please thanks thank off back being had it i to or as me one any",
    "ing tion ly ness ment ght ould ous ful ed 's 't", "" },
  { "de", USCRIPT_LATIN,
    "der die das und ist nicht ich du er sie es wir ihr ein eine einen einem einer den dem des mit "
    "auf für von zu zum zur im in an auch als wie aber oder wenn dann noch nur schon mal so sich "
    "mir mich dir dich uns euch ihn ihm hat habe haben hatte wird werden wurde war waren sind bin "
    "bist sein kann können muss müssen soll will wollen mehr sehr viel nach bei aus über unter vor "
    "bis durch gegen ohne um weil dass was wer wo warum heute morgen jetzt immer nie kein keine "
    "alle alles man doch ja nein gut neu neue neuen hier da dort wieder gerade etwas nichts am vom",
    "ung ungen keit heit lich isch chen ieren schaft en er igen eln", "äöüß" },
  { "es", USCRIPT_LATIN,
    "el la los las un una unos unas de del que y en no se por con para su sus al lo como más pero "
    "le les ya o este esta esto esa ese eso sí porque entre cuando muy sin sobre también me hasta "
    "hay donde quien desde todo toda todos todas nos durante ni contra otros fue ser son era es "
    "está están estoy tengo tiene tienen hacer hace yo tú él ella nosotros mi mis te ti qué cómo "
    "ahora hoy mañana siempre nunca bien mejor año años día días gracias vida solo sólo así si "
    "he ha han hemos va voy vamos ver cada mucho poco algo nada gente amor casa",
    "ción ciones mente ando iendo ado ada ados idad ía ías aron", "áéíóúüñ" },
  { "fr", USCRIPT_LATIN,
    "le la les un une des de du et est en que qui ne pas dans pour sur au aux avec ce cette ces "
    "cet il elle ils elles je tu nous vous on son sa ses mon ma mes ton ta tes leur leurs notre "
    "votre mais ou où donc car si plus moins très bien tout tous toute toutes être avoir fait "
    "faire "
    "suis es sommes êtes sont était ai as a avons avez ont été peut comme par sans sous entre "
    "quand quoi comment pourquoi ça c'est j'ai n'est d'un d'une qu'il qu'on l'on même aussi encore "
    "jamais toujours rien après avant depuis merci oui non aujourd'hui demain jour y se me te l d "
    "j c n qu s quel quelle vie va vais trop lui eux moi toi",
    "tion ment eux euse aient ait ons ez ique ité ère", "àâæçéèêëîïôœùûüÿ" },
  { "pt", USCRIPT_LATIN,
    "o a os as um uma de do da dos das em no na nos nas que e é não por com para se mais mas como "
    "ao à aos às pelo pela ele ela eles elas eu tu você vocês nós meu minha meus minhas seu sua "
    "seus suas isso isto este esta esse essa aquele ser são foi era está estão estou tem têm tenho "
    "ter já também só muito muita quando onde quem qual porque pra pro pq vc tá to vou vai vamos "
    "fazer hoje amanhã sempre nunca bem melhor ano anos dia dias obrigado obrigada ou até sem "
    "sobre "
    "depois antes agora aqui lá gente tudo todo toda todos nada me te lhe coisa ainda mesmo nem",
    "ção ções mente ando endo indo inho inha ado idade ões eiro ará", "áâãàçéêíóôõú" },
  { "it", USCRIPT_LATIN,
    "il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle "
    "da "
    "dal dalla in nel nella nei con su sul sulla per tra fra e ed o che chi non è sono era ho hai "
    "ha abbiamo avete hanno sei siamo essere avere fare fatto si se ma come più anche perché "
    "quando "
    "dove cosa cui questo questa questi queste quello quella mi ti ci vi io tu lui lei noi voi "
    "loro "
    "mio mia tuo suo sua tutto tutti tutta molto poco sempre mai oggi domani ora adesso ancora già "
    "solo bene grazie anni anno giorno giorni ne dopo prima senza così poi quindi nn c'è l'ha dell "
    "nell all sull un' po' può vita fa va gente",
    "zione zioni mente ando endo ato ata ati ità tà ello issimo ono iamo", "àèéìíòóù" },
  { "nl", USCRIPT_LATIN,
    "de het een en van ik te dat die in is niet op aan met als voor er maar om hem dan zou of wat "
    "mijn dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb heeft hoe hebben "
    "deze u want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen "
    "moet "
    "ben zonder kan hun dus alles onder ja eens hier wie werd altijd wij we wordt kunnen ons zijn "
    "was goed nieuwe vandaag morgen gaan gaat jullie jij weer heel nooit waar waarom bedankt leuk",
    "lijk heid ing ijk tje jes sch den elijke ische ij", "ëïéèöü" },
  { "pl", USCRIPT_LATIN,
    "i w na z do nie to się że jest o jak ale po co tak za od czy już tylko przez dla być może ich "
    "jego jej go ja ty my wy on ona oni są był była było były będzie mnie mi ci mu sobie ten ta te "
    "tego tym tej przy bo gdy kiedy gdzie kto który która które bardzo więc też jeszcze lub oraz "
    "pod bez nad ze we nawet teraz dziś dzisiaj jutro zawsze nigdy nic wszystko mam masz ma mamy "
    "mają trzeba można dobrze lat rok dzień roku dzięki proszę jeśli coś",
    "ość ości nych nego emu ach ami owi ówki anie enie ego ych owa cie czy", "ąćęłńóśźż" },
  { "sv", USCRIPT_LATIN,
    "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi "
    "så kan när hon nu skulle då under över efter upp ska också bara mig dig oss er sin där hur "
    "vara varit blev bli blir kommer ut alla två mycket man vad här eller något någon idag imorgon "
    "aldrig alltid bra ja nej tack min mitt mina din ditt hans hennes många år år dag lite igen "
    "måste få får gör göra ju väl denna detta dom",
    "ningen igt heten arna erna ande iska ligt lig ade", "åäöé" },
  { "da", USCRIPT_LATIN,
    "og i at det er en til af på for den med de som der ikke har et var jeg han men vi fra så kan "
    "når hun nu skulle da under over efter op skal også kun mig dig os sin hvor hvordan være været "
    "blev bliver kommer ud alle to meget man hvad her eller noget nogen dag i i morgen aldrig "
    "altid "
    "godt ja nej tak min mit mine din dit hans hendes mange år dag lidt igen må få får gør gøre jo "
    "vel denne dette hvis ville kunne selv af sig mod siger hej",
    "ningen hed heden erne ende iske ligt lig ede", "æøåé" },
  { "nb", USCRIPT_LATIN,
    "og i at det er en til av på for den med de som der ikke har et var jeg han men vi fra så kan "
    "når hun nå skulle da under over etter opp skal også bare meg deg oss seg sin hvor hvordan "
    "være "
    "vært ble blir kommer ut alle to mye man hva her eller noe noen dag i morgen aldri alltid bra "
    "ja nei takk min mitt mine din ditt hans hennes mange år dag litt igjen må få får gjør gjøre "
    "jo "
    "vel denne dette hvis ville kunne selv mot sier hei veldig",
    "ningen het heten ene ende iske lig ede", "æøåé" },
  { "tr", USCRIPT_LATIN,
    "bir ve bu da de için ne çok o ile ben sen biz siz ama daha gibi var yok mi mı mu mü değil "
    "kadar "
    "her şey şu en sonra olarak olan oldu olur ol ki diye ya hiç bana sana ona beni seni onu bize "
    "benim senin onun bizim nasıl neden niye kim şimdi bugün yarın zaman gün iyi güzel evet hayır "
    "artık bile sadece hem veya eğer çünkü böyle öyle kendi bütün tüm insan insanlar teşekkürler "
    "şeyi olsun yeni yıl başka önce üzere ise değilim",
    "lar ler lık lik dır dir yor iyor ıyor acak ecek ından inden larım lerin ması mesi mış miş",
    "çğıöşüâî" },
  { "cs", USCRIPT_LATIN,
    "a se v na je že s z do o k i to ale jako za by po pro už tak jsem jsou si ve jen jak být byl "
    "byla bylo byli když nebo co ten ta ty od podle který která které při může bude jeho její "
    "jejich "
    "aby také až než ještě není má mají mám máš mu mi mě tě vás nás my vy on ona oni kde kdo proč "
    "dnes zítra teď vždy nikdy velmi dobře díky prosím ano ne rok roku den lidí jsme jste tady",
    "ého ých ými ost osti ání ení ová ovi ách ům ěl ště", "áčďéěíňóřšťúůýž" },
  { "fi", USCRIPT_LATIN,
    "ja on ei se että en oli hän mutta ovat kun niin kuin myös ole jos tai sen sitä mitä nyt vain "
    "minä sinä me te he mun sun minun sinun hänen jo vielä sitten siis joka jotka tämä tämän nämä "
    "olen olet olemme olivat ollut voi voin pitää kaikki mikä missä miten miksi koska nyt tänään "
    "huomenna aina koskaan hyvä hyvää kiitos joo kyllä ihan paljon hyvin vuotta päivä täällä "
    "siellä näin noin mukaan kanssa ennen jälkeen ette eivät",
    "ssa ssä sta stä lla llä lle lta ltä ksi nen inen isen isia taan tään vat vät ttu", "äöå" },
  { "ro", USCRIPT_LATIN,
    "și si în in la de cu pe nu că ca un o este sunt a fi al ale ai au am ai fost din pentru care "
    "mai ce se să sa dar sau dacă când cum unde cine acest această acesta aceasta lui ei lor eu tu "
    "el ea noi voi mi ți îmi îți îl îi le ne vă foarte după până doar tot toate toți nici prin "
    "spre "
    "fără despre astăzi azi mâine acum mereu niciodată bine mulțumesc da ani an zi zile este era "
    "erau aici acolo asta ăsta fac face avem aveți",
    "ului ilor ele ește ează ări lor ație iune ească ându oare", "ăâîșțşţ" },
  { "hu", USCRIPT_LATIN,
    "a az és hogy nem is egy ez azt de meg csak már van volt ha mint el még mert ki vagy ezt sem "
    "lesz minden majd kell olyan nagyon itt ott én te ő mi ti ők nekem neked neki engem aki ami "
    "mit hol miért hogyan most ma holnap mindig soha jó köszönöm igen lehet lett voltak vannak "
    "vagyok csak után előtt alatt között szerint által ilyen akkor így úgy be fel le nincs év nap "
    "amikor tudom kérem fog tehát",
    "ban ben nak nek val vel ság ség ból ből ról ről hoz tól től ott ett unk nek ik", "áéíóöőúüű" },
  { "id", USCRIPT_LATIN,
    "yang dan di ke dari ini itu untuk dengan tidak ada adalah pada dalam akan bisa saya aku kamu "
    "dia kita kami mereka juga sudah telah oleh karena atau tapi tetapi jika kalau saat lebih "
    "hanya "
    "seperti bagi sebagai para lagi masih belum banyak semua orang hari tahun baru bukan jadi apa "
    "siapa mana kenapa bagaimana gak ga nggak yg aja sih dong deh banget udah nih kok sama lah pun "
    "sekarang besok selalu terima kasih selamat anda ia tak boleh sangat baik maka agar",
    "kan nya an lah ngan kah", "" },
  { "vi", USCRIPT_LATIN,
    "và của là có không được cho trong một những các người này đã với để khi thì ở như đến từ ra "
    "vào cũng lại nhiều về sẽ rất làm phải tôi bạn anh em chị chúng ta nó mà hay hơn nếu sau trên "
    "còn bị theo đang đó gì ai sao nào đi đây thế hôm nay ngày mai năm vẫn chỉ việc nhà cảm ơn "
    "biết "
    "muốn thể nên nhưng vì do tại mình con cái hết đâu",
    "", "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ" },
  { "ca", USCRIPT_LATIN,
    "el la els les un una uns unes de del dels que i en no es per amb al als més però com ha han "
    "hi "
    "aquest aquesta aquests això què qui quan on molt molta sense sobre també fins hem som són és "
    "era estat està jo tu ell ella nosaltres meva meu seva seu tot tots avui demà sempre mai bé "
    "gràcies any anys dia només així doncs perquè ja si ni o d l fer fa vaig va",
    "ció cions ment tat ats ada ant ent", "àçèéíïòóúü·" },
  { "hi-Latn", USCRIPT_LATIN,
    "hai hain nahi nahin nai ka ki ke ko mein main mai me se aur kya kyu kyun bhi toh to ye yeh wo "
    "woh hum tum aap ap mera meri mere tera teri apna apne apni kar karo karna kare karte raha "
    "rahe "
    "rahi tha thi ho hoga hota gaya gayi koi kuch sab sabhi bahut bahot acha accha bhai yaar ji "
    "jai "
    "liye wala wale wali par pe phir fir abhi aaj kal kab kaise kahan jab tab agar lekin magar ek "
    "dil pyar log logo baat desh sath saath hi na ab unke uska iska inko usko isko",
    "", "" },
  { "ru", USCRIPT_CYRILLIC,
    "и в не на я что он с как а то это по но они к у вы за из от же для о так бы мы его ее её было "
    "был все всё меня мне ты если или уже только ещё еще нет да может когда чтобы где кто очень "
    "сегодня завтра сейчас всегда никогда спасибо есть быть были этот эта эти при до во со под над "
    "год лет день хорошо почему потому себя тебя нас вас их там тут",
    "ого его ться ия ение ость ать ить ый ий ая ые", "ёыэъ" },
  { "uk", USCRIPT_CYRILLIC,
    "і в не на я що він з як а то це по але вони до у ви за із від ж для про так би ми його її "
    "було "
    "був все мене мені ти якщо або вже тільки ще немає ні так може коли щоб де хто дуже сьогодні "
    "завтра зараз завжди ніколи дякую є бути були цей ця ці при та й під над рік років день добре "
    "чому тому себе тебе нас вас їх там тут",
    "ого ться ння ість ати ити ий ій ська", "іїєґ" },
  { "bg", USCRIPT_CYRILLIC,
    "и в не на аз че той с как а то това по но те към вие за от същ се е да са ще ли си ми ти му "
    "има няма бъде беше били който която които което много само още вече или ако когато къде кой "
    "днес утре сега винаги никога благодаря ден година години добре защо защото със във след преди "
    "тук там нас вас ги го я какво имаме искаме този тази тези сме сте",
    "ата ите ия ят ване ение ост ски аме", "ъ" },
  { "sr", USCRIPT_CYRILLIC,
    "и у не на ја да је он са као а то по али они од за из би ми га је било био све мене ти ако "
    "или "
    "већ само још нема може када где ко врло данас сутра сада увек никада хвала бити су овај ова "
    "ове при до под над година дан добро зашто себе тебе нас вас их тамо овде се што",
    "ање ити ост ски ама ова", "јљњћђџ" },
  { "be", USCRIPT_CYRILLIC,
    "і ў не на я што ён з як а то гэта па але яны да у вы за ад ж для пра так бы мы яго яе было "
    "быў "
    "усё мяне мне ты калі або ўжо толькі яшчэ няма можа дзе хто вельмі сёння заўтра зараз заўсёды "
    "дзякуй ёсць быць былі гэты гэтая гэтыя пры пад дзень год добра чаму сябе цябе нас вас іх там",
    "ага ацца ыць асць анне", "іўыэё" },
  { "ar", USCRIPT_ARABIC,
    "في من على إلى الى أن ان لا ما هذا هذه التي الذي عن مع كان كل هو هي يا أو او ثم بعد قبل إلا "
    "لم لن قد اللهم الله أنا انت نحن هم إذا اذا حتى بين عند غير كما لكن اليوم كيف ليس ايضا و",
    "ة ات ون ين", "ةىكيأإآؤئء" },
  { "fa", USCRIPT_ARABIC,
    "در به از که این را با است برای آن یک تا هم بر من تو او ما شما آنها می نمی بود شد کرد هر چه "
    "اما یا اگر همه خود دیگر باید نیست هست بودن شود کند چرا امروز فردا خیلی فقط روز سال و",
    "ها های ید ند ای", "پچژگکیآ" },
  { "ur", USCRIPT_ARABIC,
    "کے کی کا میں ہے اور سے کو نے پر ہیں یہ اس وہ کہ نہیں ہو ایک بھی تو تھا تھی جو کر گیا ان لیے "
    "ہم آپ کیا ہوں رہا رہے کچھ سب مجھے میرا اب پھر بہت آج دن",
    "وں یں", "پچژگکیٹڈڑںےہھ" },
  { "hi", USCRIPT_DEVANAGARI,
    "है हैं में के की का को से और पर यह वह कि नहीं हो एक भी तो था थी जो कर गया इस ने लिए हम आप "
    "क्या हूँ रहा रहे कुछ सब मुझे मेरा अब फिर बहुत आज दिन ये वो ही",
    "", "" },
  { "mr", USCRIPT_DEVANAGARI,
    "आहे आहेत आणि हे ते ही मी तू आम्ही तुम्ही नाही होते होता होती करून मध्ये या त्या साठी पण काय "
    "का कसे आज उद्या खूप सर्व एक असे तर च मला तुला झाला झाली केले",
    "ळ ाला ांना ाची ाचा ाचे", "ळ" },
  { "ne", USCRIPT_DEVANAGARI,
    "छ छन् र को मा ले लाई हो यो त्यो म हामी तपाईं पनि गर्न भएको थियो गरेको के किन अब आज भोलि धेरै "
    "सबै एक यस हुन्छ छैन गर्ने तर भने",
    "को लाई हरू", "" },
};

const guint bmn_language_n_profiles = G_N_ELEMENTS (bmn_language_profiles);

G_STATIC_ASSERT (G_N_ELEMENTS (bmn_language_profiles) <= 32);
