import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Met, play, report } from './run.ts'
import { has_server, Server } from './server.ts'

const { SEED, STORM_SEEDS = '6', STORM_FROM = '1' } = process.env
const from = Number(SEED ?? STORM_FROM)
const seeds = SEED === undefined ? Number(STORM_SEEDS) : 1

describe.skipIf(!has_server)('the real client in a storm', () => {
  let server: Server
  beforeAll(async () => {
    server = await Server.start()
  })
  afterAll(() => server?.stop())

  test('loses nothing, doubles nothing, and agrees with the server when it is over', {
    timeout: 36_000_000,
  }, async () => {
    const all: Met = { mutations: 0, faults: 0 }
    for (let seed = from; seed < from + seeds; seed++) {
      const met = await play(server, seed)
      for (const [what, count] of Object.entries(met)) all[what] = (all[what] ?? 0) + count
      if (seeds > 50 && seed % 25 === 0) report(`seed ${seed}`, all)
    }
    report(`${seeds} seasons from seed ${from}:`, all)
    expect(all.mutations).toBeGreaterThan(0)
  })
})
