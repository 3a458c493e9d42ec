/** What must hold when everything has come to rest, whatever happened before. */

import { ENTITIES } from '../../src/generated/entities.ts'
import type { Answer, Change } from '../../src/sync/answer.ts'
import { lay_over } from '../../src/sync/overlay.ts'
import { Life } from './disk.ts'
import type { App, StormPhone } from './phone.ts'
import { require_that, type Season } from './season.ts'
import type { Truth } from './server.ts'

export async function check(season: Season): Promise<void> {
  const truth = await season.server.tell<Truth>('truth')
  await nothing_lost(season, truth)
  nothing_unsaid(truth)
  for (const phone of season.phones) {
    const there = await asked_anew(season, phone)
    await phone_agrees(phone, truth, there)
    await screens_agree(season, phone, there)
  }
  await nothing_doubled(season, truth)
}

/** Each recorded mutation is in the log as it was recorded, unless it went with a phone's storage or was put away. */
async function nothing_lost({ ledger, gone, dealt_with }: Season, { log }: Truth): Promise<void> {
  const there = new Map(log.map((entry) => [entry.at, entry]))
  for (const [at, { mutation, ticked }] of ledger) {
    const entry = there.get(at)
    if (!entry) {
      // What its author put away as read a server that was put back need not have.
      require_that(gone.has(at) || dealt_with.has(at), 'a recorded mutation is lost', mutation, ticked)
      continue
    }
    const { v, entity, id, set, base } = entry.mutation
    const same = JSON.stringify(sorted({ v, entity, id, set, base }))
    const was = {
      v: mutation.v,
      entity: mutation.entity,
      id: mutation.id,
      set: mutation.set,
      base: mutation.base,
    }
    require_that(same === JSON.stringify(sorted(was)), 'content changed on the way', mutation, entry.mutation)
  }
}

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      )
    : value

/** What was refused or is held has a question to a person. */
function nothing_unsaid({ log, reviews }: Truth): void {
  const asked = new Set(reviews.map(({ kind, about }) => `${kind} ${about}`))
  for (const { at, outcome } of log) {
    if (outcome !== 'held' && outcome !== 'rejected') continue
    require_that(asked.has(`${outcome} ${at}`) || asked.has(`held ${at}`), `${outcome} without a review`, at)
  }
}

/** All that this account may see, asked for by nobody who has anything. */
async function asked_anew({ server, weather }: Season, phone: StormPhone): Promise<Change[]> {
  weather.sky = 'fine'
  const session = await phone.session()
  const { url } = server.people
  const found: Change[] = []
  for (let cursor: string | null = null; ; ) {
    const response = await fetch(`${url}/api/v1/sync`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${session?.access_token}` },
      body: JSON.stringify({ replica: session?.replica, cursor, limit: 1_000, mutations: [] }),
    })
    require_that(
      response.ok,
      'a phone at rest is not let in',
      phone.name,
      response.status,
      await response.clone().text(),
    )
    const answer = (await response.json()) as Answer
    found.push(...answer.changes)
    if (!answer.more) return found
    cursor = answer.cursor
  }
}

/** Rows, digest and outbox of the phone against the server's. */
async function phone_agrees(phone: StormPhone, { log }: Truth, there: Change[]): Promise<void> {
  const [meta, rows, outbox] = [await phone.meta(), await phone.rows(), await phone.outbox()]
  require_that(
    meta?.differs === false && meta.checked_at_ms !== null,
    'a phone is not checked',
    phone.name,
    meta,
  )
  const plain = ({ entity, id, at, stamps, row, derived }: Change) =>
    JSON.stringify(sorted({ entity, id, at, stamps, row, derived }))
  const [here, theirs] = [rows.map(plain).sort(), there.map(plain).sort()]
  const odd = [...here.filter((row) => !theirs.includes(row)), ...theirs.filter((row) => !here.includes(row))]
  require_that(odd.length === 0, 'a phone holds other rows', phone.name, odd.slice(0, 4))
  const outcomes = new Map(log.map((entry) => [entry.at, entry.outcome]))
  for (const { phase, mutation } of outbox) {
    const outcome = outcomes.get(mutation.at)
    const ends = (phase === 'held' || phase === 'rejected') && phase === outcome
    require_that(ends, 'a mutation is stuck on a phone', phone.name, phase, outcome, mutation)
  }
}

/** What the screens add up is what the server's rows say. */
async function screens_agree({ server, weather }: Season, phone: StormPhone, there: Change[]): Promise<void> {
  weather.sky = 'none'
  const outbox = await phone.outbox()
  for (const { entity, id, row } of there) {
    const entries = outbox.filter(({ mutation }) => mutation.entity === entity && mutation.id === id)
    if (entries.some(({ phase }) => phase === 'held')) continue
    const confirmed = there.find((change) => change.id === id && change.entity === entity)
    const seen = lay_over(ENTITIES, entity, confirmed, entries)
    require_that(
      JSON.stringify(sorted(seen.row)) === JSON.stringify(sorted(row)),
      'the screen shows another row',
      seen.row,
      row,
    )
  }
  const any_held = outbox.some(({ phase }) => phase === 'held')
  const counted = there.filter(({ entity, derived }) => entity === 'sale' && derived.counts === true)
  await phone.turn(server.people.url, new Life(), async (app: App) => {
    require_that(app.unsent.value === 0, 'a screen says that something is unsent', app.unsent.value)
    if (any_held) return
    const totals = await book_of(app)
    const sum = counted.reduce((all, { row }) => all + Number(row.total_vnd), 0)
    require_that(
      totals.count === counted.length && totals.total_vnd === sum,
      'the book adds up to another sum',
      phone.name,
      totals,
      counted.length,
      sum,
    )
    for (const { id, left_milli } of app.listings.value) {
      const row = there.find((change) => change.entity === 'listing' && change.id === id)
      require_that(
        !row || row.derived.left_milli === left_milli,
        'the screen shows another stock',
        id,
        left_milli,
        row?.derived,
      )
    }
  })
}

async function book_of(app: App): Promise<{ count: number; total_vnd: number }> {
  const book = app.open_book()
  do {
    await new Promise((soon) => setImmediate(soon))
    await book.load_more()
  } while (book.more.value)
  const days = book.value.value ?? []
  book.close()
  return days.reduce(
    (sum, { count, total_vnd }) => ({ count: sum.count + count, total_vnd: sum.total_vnd + total_vnd }),
    {
      count: 0,
      total_vnd: 0,
    },
  )
}

/** Each sale is one that somebody recorded; one that nobody corrected or voided counts, once. */
async function nothing_doubled(season: Season, { log }: Truth): Promise<void> {
  const manager = season.phones.find(({ who }) => who === 'manager') as StormPhone
  const sales = (await asked_anew(season, manager)).filter(({ entity }) => entity === 'sale')
  const made = log.filter(
    ({ mutation, outcome }) => mutation.set?.sold_at && (outcome === 'applied' || outcome === 'merged'),
  )
  const known = new Set([...season.ledger.values()].map(({ mutation }) => mutation.id))
  const corrected = new Set(log.map(({ mutation }) => mutation.set?.replaces_id))
  for (const { id, row, derived } of sales) {
    require_that(known.has(id), 'a sale that nobody recorded', id)
    const alone = !corrected.has(id) && row.replaces_id === undefined
    if (alone) require_that(derived.counts === (row.voided !== true), 'a sale counts wrong', id, row)
  }
  require_that(
    new Set(made.map(({ mutation }) => mutation.id)).size === sales.length,
    'sales lost or doubled',
    made.length,
    sales.length,
  )
  for (const { at, mutation } of log) {
    const ours = season.ledger.has(at) || season.before.has(at)
    require_that(ours, 'the server has what nobody recorded', mutation)
  }
}
