import { expect, test } from 'vitest'
import { new_id } from '../../src/state/id.ts'
import { is_fresh } from '../../src/ui/fresh.ts'

test.each([
  ['just now', 0, true],
  ['a moment ago', 14_000, true],
  ['a while ago', 16_000, false],
  ['by a clock that was ahead', -60_000, false],
])('what was recorded %s', (_, ago_ms, fresh) => {
  const now_ms = Date.now()
  expect(is_fresh(new_id(now_ms - ago_ms), now_ms)).toBe(fresh)
})
