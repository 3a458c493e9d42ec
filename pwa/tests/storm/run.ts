/** Plays seasons one after the other on one server, and tells what they met. */
import 'fake-indexeddb/auto'
import { break_storage, type Plant, plant } from './disk.ts'
import { check } from './invariants.ts'
import { one_app_alone } from './phone.ts'
import { Random } from './random.ts'
import { Season } from './season.ts'
import type { Server } from './server.ts'
import { type Forger, Weather } from './weather.ts'

export interface Fault {
  storage?: Plant
  forger?: Forger
}

export interface Met {
  mutations: number
  faults: number
  [what: string]: number
}

/** Rejects with the broken promise, the trace and the command that plays the season again. */
export async function play(server: Server, seed: number, fault: Fault = {}): Promise<Met> {
  const random = new Random(seed)
  const restore_globals = one_app_alone((values) => random.fill(values))
  const mend = break_storage()
  const weather = new Weather(random, server)
  const real_fetch = globalThis.fetch
  globalThis.fetch = weather.fetch
  const season = new Season(random, server, weather)
  try {
    plant(fault.storage ?? null)
    weather.forger = fault.forger ?? null
    await season.play(20 + random.below(40))
    plant(null)
    weather.forger = null
    weather.sky = 'fine'
    await check(season)
    const faults = [...weather.met.values()].reduce((sum, each) => sum + each, 0) + season.counts.accidents
    return { mutations: season.ledger.size, faults, ...season.counts }
  } catch (error) {
    const again = `SEED=${seed} npx vitest run tests/storm`
    const { stack = '', message } = error as Error
    throw new Error(`${message}\n${again}\n${season.trace.join('\n')}\n${stack}`)
  } finally {
    plant(null)
    globalThis.fetch = real_fetch
    mend()
    restore_globals()
  }
}

/** A line of the run's own report. */
export const report = (line: string, numbers: object = {}): void => {
  process.stdout.write(`${line} ${JSON.stringify(numbers)}\n`)
}
