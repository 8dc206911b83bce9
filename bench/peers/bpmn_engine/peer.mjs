// npm bpmn-engine: recovered from its own JSON at every step, as on a server; the JSON goes to SQLite.
import {readFileSync} from 'node:fs'
import {DatabaseSync} from 'node:sqlite'
import {EventEmitter} from 'node:events'
import {Engine} from 'bpmn-engine'

const FIELDS = {subject: '毕业成绩初审', remark: '材料齐全，请审核。', place: '市南'}
const STEPS = 8

const [model, folder, count, seconds] = process.argv.slice(2)
const source = readFileSync(`${folder}/${model}.bpmn`, 'utf8')

const database = new DatabaseSync(`${folder}/bpmn_engine.db`)
database.exec('PRAGMA journal_mode=WAL')
database.exec('PRAGMA synchronous=FULL')
database.exec('CREATE TABLE state (id INTEGER PRIMARY KEY, content TEXT)')
const put = database.prepare(
  'INSERT INTO state VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content')
const get = database.prepare('SELECT content FROM state WHERE id = ?')

const extensions = {
  keepsOutput(activity) {
    if (activity.type !== 'bpmn:UserTask') return
    activity.on('end', (api) => {
      activity.environment.output.goes_on = api.content.output.outcome !== 'stop'
      activity.environment.output[activity.id] = api.content.output
    })
  },
}
let number = 0

function save(engine) {
  const content = JSON.stringify(engine.execution.getState())
  database.exec('BEGIN IMMEDIATE')
  put.run(number, content)
  database.exec('COMMIT')
}

async function start() {
  number += 1
  const engine = new Engine({name: model, source, extensions})
  const listener = new EventEmitter()
  const waits = new Promise((resolve) => listener.once('activity.wait', resolve))
  await engine.execute({listener})
  await waits
  save(engine)
  engine.stop()
}

async function complete(outcome) {
  const engine = new Engine({name: model, extensions}).recover(JSON.parse(get.get(number).content))
  const listener = new EventEmitter()
  const ended = new Promise((resolve) => engine.once('end', resolve))
  const here = new Promise((resolve) => listener.once('activity.wait', resolve))
  await engine.resume({listener})
  const task = await here
  const next = new Promise((resolve) => listener.once('activity.wait', resolve))
  task.signal({outcome, ...FIELDS})
  await Promise.race([next, ended])
  save(engine)
  engine.stop()
}

async function oneCase() {
  await start()
  for (let step = 0; step < STEPS; step += 1) await complete('next')
}

const laps = []
let stopped = ''
const until = performance.now() + seconds * 1000
if (model === 'loop') await start()
for (let lap = 0; lap < Number(count); lap += 1) {
  const began = performance.now()
  try {
    await (model === 'linear' ? oneCase() : complete('again'))
  } catch (failed) {
    stopped = `${failed.name}: ${failed.message.slice(0, 120)}`
    break
  }
  laps.push((performance.now() - began) / 1000)
  if (performance.now() > until && lap + 1 < Number(count)) {
    stopped = `${seconds} seconds were up`
    break
  }
}
if (model === 'linear') await start()
console.log(JSON.stringify({laps, stopped, bytes: Buffer.byteLength(get.get(number).content)}))
