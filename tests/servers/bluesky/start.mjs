// Starts a Bluesky PDS with a PLC directory of its own, both on 127.0.0.1 alone.
//
//   node start.mjs MODULES PDSPORT PLCPORT DIR [LISTENPORT]
//
// MODULES is the folder of installed packages (see install.sh), DIR an existing folder for
// the server's data. With LISTENPORT the server calls itself by PDSPORT and listens there
// instead, so that a test can stand in between. Prints one line of JSON when both answer, and ends with SIGTERM or when
// its standard input is closed, so that it never outlives the test that started it.
import { createRequire } from 'node:module'
import crypto from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const [modules, pdsPort, plcPort, dir, listenPort = pdsPort] = process.argv.slice(2)
if (!dir) {
  console.error('usage: node start.mjs MODULES PDSPORT PLCPORT DIR [LISTENPORT]')
  process.exit(2)
}
const load = createRequire(path.join(modules, 'package.json'))

// Both servers listen on every address of the machine; a test's server is nobody else's.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...rest) {
  if (!Number.isInteger(port) || typeof rest[0] === 'string') return listen.call(this, port, ...rest)
  const actual = port === Number(pdsPort) ? Number(listenPort) : port
  return listen.call(this, actual, '127.0.0.1', ...rest)
}

async function startDirectory() {
  const { Database, PlcServer } = load('@did-plc/server')
  const server = PlcServer.create({ db: Database.mock(), port: Number(plcPort) })
  await server.start()
  return `http://localhost:${plcPort}`
}

// Secrets are kept in DIR, so that a restarted server knows its sessions and accounts.
function secrets() {
  const file = path.join(dir, 'secrets.json')
  if (!fs.existsSync(file)) {
    const names = ['PDS_JWT_SECRET', 'PDS_DPOP_SECRET', 'PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX']
    const fresh = names.map((name) => [name, crypto.randomBytes(32).toString('hex')])
    fs.writeFileSync(file, JSON.stringify(Object.fromEntries(fresh)), { mode: 0o600 })
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'))
}

async function startPds(plcUrl) {
  const blobs = path.join(dir, 'blobs')
  fs.mkdirSync(path.join(blobs, 'tmp'), { recursive: true })
  const settings = {
    PDS_PORT: pdsPort,
    PDS_HOSTNAME: 'localhost',
    PDS_DEV_MODE: '1',
    PDS_DATA_DIRECTORY: dir,
    PDS_BLOBSTORE_DISK_LOCATION: blobs,
    PDS_BLOBSTORE_DISK_TMP_LOCATION: path.join(blobs, 'tmp'),
    PDS_DID_PLC_URL: plcUrl,
    PDS_INVITE_REQUIRED: '0',
    PDS_RATE_LIMITS_ENABLED: process.env.PDS_RATE_LIMITS_ENABLED ?? '0',
    PDS_DISABLE_SSRF_PROTECTION: '1',
    PDS_SERVICE_HANDLE_DOMAINS: '.test',
    PDS_ADMIN_PASSWORD: 'for tests only',
    PDS_CRAWLERS: '',
    LOG_ENABLED: process.env.LOG_ENABLED ?? 'false',
    ...secrets(),
  }
  Object.assign(process.env, settings)
  const { PDS, envToCfg, envToSecrets, readEnv } = load('@atproto/pds')
  const env = readEnv()
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
  return pds
}

const plc = await startDirectory()
const pds = await startPds(plc)
console.log(JSON.stringify({ pds: `http://localhost:${pdsPort}`, plc, pid: process.pid }))
const stop = () => process.exit(0)
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.stdin.on('close', stop).on('end', stop).resume()
