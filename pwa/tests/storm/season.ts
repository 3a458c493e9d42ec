/** A season from a seed: people trade, everything goes wrong, then it is quiet and all come down the ridge. */
import type { Mutation } from '../../src/sync/mutation.ts'
import { type Accident, Life } from './disk.ts'
import { act, choose } from './people.ts'
import { type App, StormPhone } from './phone.ts'
import type { Random } from './random.ts'
import type { Server, Truth } from './server.ts'
import type { Sky, Weather } from './weather.ts'

const DAY_MS = 86_400_000
const DRIFTS_MS = [0, 0, 0, 90_000, -7_200_000, 400_000, 3 * 365 * DAY_MS, -9 * 365 * DAY_MS, 40 * DAY_MS]
const LIVES = { whole: 10, killed: 3, full: 2, full_late: 1 } as const

/** What was recorded, by stamp; `ticked`: the person saw the tick. */
export interface Recorded {
  mutation: Mutation
  ticked: boolean
}

export class BrokenPromiseError extends Error {
  override name = 'BrokenPromiseError'
}

export function require_that(holds: boolean, what: string, ...about: unknown[]): asserts holds {
  if (!holds) throw new BrokenPromiseError(`${what}: ${about.map((one) => JSON.stringify(one)).join(' ')}`)
}

export class Season {
  readonly phones: StormPhone[] = []
  readonly ledger = new Map<string, Recorded>()
  /** Went with a phone's storage when that was put back. */
  readonly gone = new Set<string>()
  /** A person has read that these were refused. */
  readonly dealt_with = new Set<string>()
  /** In the log from before the season: what the server itself recorded. */
  before = new Set<string>()
  readonly trace: string[] = []
  readonly counts = { turns: 0, accidents: 0, put_back: 0, phones_put_back: 0, clones: 0, office: 0 }
  private readonly shelves = new Map<StormPhone, IDBFactory>()
  /** Copies of the server's data that hold all that phones were told is safe. */
  private copies: number[] = []
  private backups: string[] = []

  constructor(
    readonly random: Random,
    readonly server: Server,
    readonly weather: Weather,
  ) {}

  async play(steps: number): Promise<void> {
    await this.begin()
    for (let step = 0; step < steps; step++) await this.step()
    await this.come_to_rest()
  }

  /** Two phones of a member, one of a neighbour, one of the manager. */
  async begin(): Promise<void> {
    await this.server.tell('begin')
    this.before = new Set((await this.server.tell<Truth>('truth')).log.map(({ at }) => at))
    const { accounts } = this.server.people
    for (const who of ['member', 'member', 'neighbour', 'manager']) {
      const phone = new StormPhone(`${who} ${this.phones.length}`, who, accounts[who]?.login ?? '')
      this.phones.push(phone)
      await this.turn(phone, 'fine', new Life(), (app) => this.sign_in(app, phone))
      phone.drift_ms = this.random.pick(DRIFTS_MS)
    }
  }

  private async step(): Promise<void> {
    const { random } = this
    const phone = random.pick(this.phones)
    if (random.chance(0.25)) return this.disaster(phone)
    if (random.chance(0.12)) phone.drift_ms = random.pick(DRIFTS_MS)
    if (random.chance(0.2)) await this.weather.deliver()
    const sky = random.weighed<Sky>({ fine: 3, storm: 6, none: 3, too_old: 1 })
    const kind = random.weighed(LIVES)
    const life = kind === 'whole' ? new Life() : new Life(kind as Accident, 1 + random.below(40))
    if (life.accident) this.counts.accidents++
    await this.turn(phone, sky, life, async (app) => {
      if (app.session.value?.needs_password && random.chance(0.5)) await this.sign_in(app, phone)
      for (let left = 1 + random.below(5); left > 0; left--) {
        if (random.chance(0.3)) await app.sync_now()
        else await this.record(app, phone)
      }
      if (random.chance(0.7)) await app.sync_now()
    })
  }

  /** One turn of a phone under a sky; what it recorded unseen, dying after the commit, joins the ledger. */
  async turn(phone: StormPhone, sky: Sky, life: Life, use: (app: App) => Promise<void>): Promise<void> {
    this.counts.turns++
    this.weather.sky = sky
    this.trace.push(`${phone.name} under ${sky}, ${life.accident ?? 'whole'} at ${life.at_write}`)
    try {
      await phone.turn(this.server.people.url, life, use)
    } catch (error) {
      if (!life.dead) throw error
    }
    await this.note(phone, false)
  }

  private async sign_in(app: App, phone: StormPhone): Promise<void> {
    const signed_in = await app.sign_in(phone.login, this.server.people.password)
    this.trace.push(`  sign in ${JSON.stringify(signed_in)}`)
  }

  private async record(app: App, phone: StormPhone): Promise<void> {
    const action = choose(this.random)
    const before = (await phone.outbox()).map(({ mutation }) => mutation.at)
    const refused = app.refused.value.map(({ at }) => at)
    if (this.random.chance(0.2)) phone.set_clock()
    let outcome = 'ticked'
    try {
      if (!(await act(action, this.random, app, phone))) return
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === undefined && !phone.life.dead) throw error
      outcome = code ?? 'died'
    }
    this.trace.push(`  ${action}: ${outcome}`)
    const after = (await phone.outbox()).map(({ mutation }) => mutation.at)
    const made = after.filter((at) => !before.includes(at)).length
    const dealt_with = before.filter((at) => !after.includes(at))
    const wanted = { dismiss: 0, correct: 2, list_goods: 2 } as Partial<Record<string, number>>
    require_that(
      outcome === 'ticked' ? made === (wanted[action] ?? 1) : made === 0 || phone.life.dead,
      'a tick and what is recorded differ',
      action,
      outcome,
      made,
    )
    for (const at of dealt_with) {
      require_that(refused.includes(at), 'something left the outbox that nobody dealt with', at)
      this.dealt_with.add(at)
    }
    await this.note(phone, outcome === 'ticked')
  }

  private async note(phone: StormPhone, ticked: boolean): Promise<void> {
    for (const { mutation } of await phone.outbox()) {
      if (!this.ledger.has(mutation.at)) this.ledger.set(mutation.at, { mutation, ticked })
    }
  }

  private async disaster(phone: StormPhone): Promise<void> {
    const { random, server } = this
    const what = random.weighed({
      copy: 3,
      put_back: 3,
      backup: 2,
      restore: 1,
      shelve: 3,
      unshelve: 3,
      clone: 1,
      office: 2,
    })
    this.trace.push(`${what} ${phone.name}`)
    if (what === 'copy') this.copies.push((await server.tell<{ copy: number }>('copy')).copy)
    else if (what === 'backup') {
      this.backups = [(await server.tell<{ file: string }>('backup')).file]
      this.copies = [] // an older one lacks what phones may forget from now on
    } else if (what === 'put_back' && this.copies.length > 0) {
      this.counts.put_back++
      await server.tell('put_back', { copy: random.pick(this.copies) })
    } else if (what === 'restore' && this.backups[0]) {
      this.counts.put_back++
      await server.tell('restore', { file: this.backups[0] })
    } else if (what === 'shelve') this.shelves.set(phone, await phone.copy())
    else if (what === 'unshelve') await this.put_phone_back()
    else if (what === 'clone' && this.phones.length < 6) {
      this.counts.clones++
      const twin = new StormPhone(
        `${phone.who} ${this.phones.length}, twin of ${phone.name}`,
        phone.who,
        phone.login,
      )
      twin.disk = await phone.copy()
      this.phones.push(twin)
    } else if (what === 'office') await this.office()
  }

  private async put_phone_back(): Promise<void> {
    const kept = this.random.pick([...this.shelves])
    if (!kept) return
    const [phone, disk] = kept
    this.counts.phones_put_back++
    for (const { mutation } of await phone.outbox()) this.gone.add(mutation.at)
    phone.disk = disk
    this.shelves.delete(phone)
  }

  /** Accounts are disabled, moved away, shut out, and given back. */
  private async office(): Promise<void> {
    const { random, server } = this
    this.counts.office++
    const who = random.pick(['member', 'neighbour'])
    const what = random.weighed({ disable: 2, move: 1, shut_out: 2, give_back: 3 })
    this.trace.push(`  ${what} ${who}`)
    if (what === 'shut_out') return void (await server.tell('shut_out', { who }))
    if (what === 'give_back') return this.give_back()
    const [, elsewhere] = server.people.coops
    await server.tell('change', {
      who,
      ...(what === 'move' ? { coop_id: elsewhere } : { status: 'disabled' }),
    })
  }

  private async give_back(): Promise<void> {
    const [home] = this.server.people.coops
    // A server that was put back may have forgotten that somebody was given back.
    for (const who of ['member', 'neighbour'])
      await this.server.tell('change', { who, coop_id: home, status: 'active' })
  }

  /** What each phone was told of its mutations is what the log says; what was refused waits for its author. */
  private async told_the_truth(): Promise<void> {
    const { log } = await this.server.tell<Truth>('truth')
    const outcomes = new Map(log.map(({ at, outcome }) => [at, outcome]))
    for (const phone of this.phones) {
      for (const { mutation, phase, receipt } of await phone.outbox()) {
        const outcome = outcomes.get(mutation.at)
        require_that(
          receipt?.outcome === outcome,
          'a phone was told something else',
          phone.name,
          phase,
          outcome,
          mutation,
        )
      }
    }
  }

  /** The weather clears, what was under way arrives, and everybody syncs until nothing is left to tell. */
  async come_to_rest(): Promise<void> {
    this.weather.luck = 0
    await this.give_back()
    while (this.weather.late.length > 0) await this.weather.deliver()
    for (let round = 0; round < 3; round++) {
      for (const phone of this.phones) {
        await this.turn(phone, 'fine', new Life(), async (app) => {
          if (app.session.value?.needs_password) await this.sign_in(app, phone)
          await app.sync_now()
        })
      }
    }
    await this.told_the_truth()
    await this.server.tell('backup')
    for (const phone of this.phones) await this.turn(phone, 'fine', new Life(), (app) => app.sync_now())
  }
}
