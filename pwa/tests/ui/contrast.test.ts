/** The tokens keep their promises: text in the sun 7:1, in the dark 4.5:1, what can be touched 3:1. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const TOKENS = readFileSync(resolve(import.meta.dirname, '../../src/styles/tokens.css'), 'utf8')
const [light = '', dark = ''] = TOKENS.split('@media (prefers-color-scheme: dark)')

const colours = (css: string): Record<string, string> =>
  Object.fromEntries(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, name = '', value = '']) => [name, value]),
  )

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((n) => {
    const part = Number.parseInt(full.slice(n, n + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a = '', b = ''): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Text, and all that it stands on. */
const TEXT: Record<string, string[]> = {
  ink: ['paper', 'sheet', 'indigo-wash', 'leaf-wash', 'clay-wash', 'red-wash'],
  soft: ['paper', 'sheet'],
  indigo: ['paper', 'sheet', 'indigo-wash'],
  leaf: ['paper', 'sheet', 'leaf-wash'],
  clay: ['paper', 'sheet', 'clay-wash'],
  red: ['paper', 'sheet', 'red-wash'],
  'on-cloth': ['cloth', 'cloth-deep', 'edge-deep'],
}

describe.each([
  { theme: 'light', least: 7, of: colours(light) },
  { theme: 'dark', least: 4.5, of: { ...colours(light), ...colours(dark) } as Record<string, string> },
])('$theme', ({ least, of }) => {
  test.each(Object.entries(TEXT))(`%s is read on all its grounds, at least ${least}:1`, (text, grounds) => {
    const low = grounds.filter((ground) => contrast(of[text], of[ground]) < least)
    expect(low.map((ground) => `${ground}: ${contrast(of[text], of[ground]).toFixed(2)}`)).toEqual([])
  })

  test('the edge of what can be touched is seen, at least 3:1', () => {
    for (const ground of ['paper', 'sheet']) expect(contrast(of.edge, of[ground])).toBeGreaterThanOrEqual(3)
  })
})
