/** The size, weight and height of all that is read are tokens: nobody sets letters of their own. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const STYLES = resolve(import.meta.dirname, '../../src/styles')
const TOKENS = readFileSync(resolve(STYLES, 'tokens.css'), 'utf8')
const SET = /(?<![\w-])(font|font-size|font-weight|line-height):\s*([^;}]+)/g

/** A token; the smaller of one and a share of the width, for amounts that keep their line; or what stands around. */
const TOKEN: Record<string, RegExp> = {
  font: /^(inherit|var\(--type\))$/,
  'font-size': /^(min\((1em|var\(--t[1-8]\)), [\d.]+vw\)|var\(--t[1-8]\))$/,
  'font-weight': /^var\(--(regular|semibold|bold)\)$/,
  'line-height': /^var\(--(flat|tight|normal)\)$/,
}

const names = readdirSync(STYLES).filter((name) => name.endsWith('.css') && name !== 'tokens.css')

test.each(names)('%s sets letters by tokens alone', (name) => {
  const css = readFileSync(resolve(STYLES, name), 'utf8')
  const own = [...css.matchAll(SET)].filter(([, what = '', value = '']) => !TOKEN[what]?.test(value.trim()))
  expect(own.map(([text]) => text)).toEqual([])
})

test('sizes grow, and follow the size that the owner of the phone has set', () => {
  const sizes = [...TOKENS.matchAll(/--t(\d): ([\d.]+)rem/g)].map(
    ([, n, rem]) => [Number(n), Number(rem)] as const,
  )
  expect(sizes.map(([n]) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  const rem = sizes.map(([, size]) => size)
  expect(rem).toEqual(rem.toSorted((a, b) => a - b))
  expect(rem[0]).toBeGreaterThanOrEqual(0.875)
})
