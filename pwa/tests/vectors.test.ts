import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ENTITIES } from '../src/generated/entities.ts'
import type { Change } from '../src/sync/answer.ts'
import { count_in, type Digest, fingerprint, same_digest } from '../src/sync/fingerprint.ts'
import { lay_over } from '../src/sync/overlay.ts'
import { Clock, is_stamp, tick_above } from '../src/sync/stamps.ts'

const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}.json`, import.meta.url), 'utf8')) as T

interface Step {
  now_ms?: number
  seen?: string
  stamp?: string
}
interface Stamps {
  readings: { name: string; session: string; steps: Step[] }[]
  ticks: { stamp: string; session: string; above: string }[]
  malformed: unknown[]
}

describe('stamps', () => {
  const { readings, ticks, malformed } = vectors<Stamps>('stamps')
  test.each(readings)('$name', ({ session, steps }) => {
    const clock = new Clock(session)
    for (const { now_ms, seen, stamp } of steps) {
      if (seen !== undefined) clock.see(seen)
      else expect(clock.read(now_ms ?? 0)).toBe(stamp)
    }
  })
  test.each(ticks)('the smallest stamp of $session above $stamp', ({ stamp, session, above }) => {
    expect(tick_above(stamp, session)).toBe(above)
  })
  test.each(malformed)('%j is no stamp', (value) => {
    expect(is_stamp(value)).toBe(false)
  })
})

describe('fingerprints', () => {
  const { records, digest } = vectors<{ records: (Change & { fingerprint: number })[]; digest: Digest }>(
    'fingerprint',
  )
  test.each(records)('of $entity $id', (record) => {
    expect(fingerprint(record)).toBe(record.fingerprint)
  })
  test('add up to the digest, in any order, and are taken out again', () => {
    const counted: Digest = {}
    for (const record of [...records].reverse()) count_in(counted, record, 1)
    expect(counted).toEqual(digest)
    for (const record of records) count_in(counted, record, -1)
    expect(same_digest(counted, {})).toBe(true)
  })
})

interface Merge {
  name: string
  entity: string
  id: string
  confirmed: Change | null
  writes: { stamp: string; set: Record<string, unknown> }[]
  row: Record<string, unknown>
  stamps: Record<string, string>
  complete: boolean
}

describe('what a person sees', () => {
  test.each(vectors<Merge[]>('merge'))(
    '$name',
    ({ entity, id, confirmed, writes, row, stamps, complete }) => {
      const entries = writes.map(({ stamp, set }, order) => ({
        order,
        mutation: { at: stamp, v: 1, entity, id, set, base: {} },
        phase: 'unsent' as const,
        seq: 0,
        receipt: null,
        recorded_at_ms: 0,
      }))
      const seen = lay_over(ENTITIES, entity, confirmed ?? undefined, entries)
      expect(seen.row).toEqual(row)
      expect(seen.stamps).toEqual(stamps)
      expect(seen.complete).toBe(complete)
    },
  )
})
