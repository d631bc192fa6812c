#include "bmn-language.h"

static void
test_guess (void)
{
  const char *cases[][2] = {
    { "en", "We have a new menu and would love to know what you think" },
    { "de", "Wir haben heute eine neue Speisekarte und freuen uns auf euch" },
    { "es", "Hoy tenemos una carta nueva y nos gustaría saber qué te parece" },
    { "fr", "Nous avons une nouvelle carte et nous aimerions connaître votre avis" },
    { "pt", "Temos uma nova ementa e gostaríamos de saber o que você acha" },
    { "it", "Abbiamo un nuovo menù e vorremmo sapere che cosa ne pensi" },
    { "nl", "We hebben een nieuwe kaart en horen graag wat je ervan vindt" },
    { "pl", "Mamy nowe menu i chcemy wiedzieć, co o nim myślicie" },
    { "sv", "Vi har en ny meny och vill gärna veta vad du tycker om den" },
    { "da", "Vi har et nyt menukort og vil gerne vide, hvad du synes om det" },
    { "nb", "Vi har en ny meny og vil gjerne vite hva du synes om den" },
    { "tr", "Bugün yeni bir menümüz var ve ne düşündüğünüzü bilmek istiyoruz" },
    { "cs", "Máme nový jídelní lístek a chceme vědět, co si o něm myslíte" },
    { "fi", "Meillä on uusi ruokalista ja haluamme tietää, mitä sinä ajattelet" },
    { "ro", "Avem un meniu nou și am vrea să știm ce părere aveți despre el" },
    { "hu", "Van egy új étlapunk, és szeretnénk tudni, hogy mit gondoltok róla" },
    { "id", "Kami punya menu baru dan ingin tahu apa yang kamu pikirkan" },
    { "vi", "Chúng tôi có thực đơn mới và muốn biết bạn nghĩ gì về nó" },
    { "ca", "Avui tenim una carta nova i ens agradaria saber què et sembla això" },
    { "ru", "У нас новое меню, и мы хотим узнать, что вы о нём думаете" },
    { "uk", "У нас нове меню, і ми хочемо дізнатися, що ви про нього думаєте" },
    { "bg", "Имаме ново меню и искаме да знаем какво мислите за него" },
    { "ar", "لدينا قائمة جديدة ونريد أن نعرف ما هو رأيكم في هذا" },
    { "fa", "ما یک منوی جدید داریم و می خواهیم بدانیم نظر شما چیست" },
    { "ur", "ہمارے پاس ایک نیا مینو ہے اور ہم جاننا چاہتے ہیں کہ آپ کیا سوچتے ہیں" },
    { "hi", "हमारे पास एक नया मेनू है और हम जानना चाहते हैं" },
    { "el", "Έχουμε νέο μενού" },
    { "he", "יש לנו תפריט חדש" },
    { "th", "เรามีเมนูใหม่" },
    { "ko", "새로운 메뉴가 있습니다" },
    { "ja", "新しいメニューがあります" },
    { "zh", "我们有新的菜单" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnLanguage guess = bmn_language_guess (cases[i][1]);
      g_test_message ("%s: %s", cases[i][0], cases[i][1]);
      g_assert_cmpstr (guess.tag, ==, cases[i][0]);
      g_assert_cmpfloat (guess.confidence, >, 0);
      g_assert_cmpfloat (guess.confidence, <=, 1);
    }
}

static void
test_unknown (void)
{
  const char *cases[]
      = { "", "123 !?", "👍👍👍", "#the #and #with https://example.com/the/and", "\xff\xfe", "zxqv" };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnLanguage guess = bmn_language_guess (cases[i]);
      g_assert_cmpstr (guess.tag, ==, BMN_LANGUAGE_UNKNOWN);
      g_assert_cmpfloat (guess.confidence, ==, 0);
    }
}

/* Tags in another language do not count. */
static void
test_tags_are_passed_over (void)
{
  BmnLanguage guess = bmn_language_guess (
      "Heute ist das Wetter wieder sehr schön und wir gehen raus #the #and #with #you #have");
  g_assert_cmpstr (guess.tag, ==, "de");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/language/guess", test_guess);
  g_test_add_func ("/text/language/unknown", test_unknown);
  g_test_add_func ("/text/language/tags-are-passed-over", test_tags_are_passed_over);
  return g_test_run ();
}
