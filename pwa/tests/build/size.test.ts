/** What a member's phone downloads, read from a build as a browser would: its page, and its worker's list. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts_en } from '../../src/messages/accounts_en.ts'
import { en } from '../../src/messages/en.ts'
import { screens_vi } from '../../src/messages/screens_vi.ts'
import { staff_vi } from '../../src/messages/staff_vi.ts'
import { vi } from '../../src/messages/vi.ts'

const KB = 1024
const ROOT = resolve(import.meta.dirname, '../..')
const dist = mkdtempSync(join(tmpdir(), 'cho-phien-build-'))

beforeAll(() => {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const options = ['build', '--outDir', dist, '--logLevel', 'silent']
  execFileSync(process.execPath, [vite, ...options], { cwd: ROOT, env })
})
afterAll(() => rmSync(dist, { recursive: true, force: true }))

const content = (address: string): Buffer =>
  readFileSync(join(dist, address === '/app/' ? 'index.html' : address.replace('/app/', '')))
/** Bytes, gzip -9, and of which files: what a failing test shows. */
const sizes = (addresses: string[]) => {
  const files = addresses.map(
    (address) => [address, gzipSync(content(address), { level: 9 }).length] as const,
  )
  const bytes = files.reduce((sum, [, bytes]) => sum + bytes, 0)
  return { bytes, files: files.toSorted((a, b) => b[1] - a[1]) }
}
const addresses = (text: string): string[] => [
  ...new Set([...text.matchAll(/["'`](\/app\/[\w./-]*)["'`]/g)].map(([, address = '']) => address)),
]
/** What the page itself asks for. */
function critical(): string[] {
  const page = content('/app/').toString()
  return ['/app/', ...addresses(page).filter((address) => /\.(js|css)$/.test(address))]
}
function kept() {
  const worker = content('/app/sw.js').toString()
  const [, ...lists] = worker.split(/\b(?:core|staff|help|office_help)\s*:\s*\[/).map(addresses)
  const [member = [], staff = [], help = [], office_help = []] = lists
  return { member, staff, help, office_help }
}
test("a member's first screen is one page, one script and one style sheet of at most 35 KB", () => {
  const first = critical()
  expect(first).toHaveLength(3)
  const { bytes, files } = sizes(first)
  expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(35 * KB)
})

test("what a member's phone keeps is at most 100 KB, and all of the first screen is in it", () => {
  const { member } = kept()
  expect(member).toEqual(expect.arrayContaining(critical()))
  const { bytes, files } = sizes(member)
  expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(100 * KB)
})

const is_picture = (address: string): boolean => address.endsWith('.webp')

test("a member's help and its pictures are kept last, apart from the rest, and at most 512 KB", () => {
  const { member, help } = kept()
  expect(help.filter(is_picture).length).toBeGreaterThan(20)
  expect(help.filter((address) => member.includes(address))).toEqual([])
  const { bytes, files } = sizes(help)
  expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(512 * KB)
})

test("what a manager's phone keeps of the guide besides is at most 512 KB, and no member's", () => {
  const { member, help, office_help } = kept()
  expect(office_help.filter(is_picture).length).toBeGreaterThan(20)
  expect(office_help.filter((address) => [...member, ...help].includes(address))).toEqual([])
  const { bytes, files } = sizes(office_help)
  expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(512 * KB)
})

test("nobody keeps the province's pages, whose pictures are at most 64 KB each", () => {
  const { member, staff, help, office_help } = kept()
  const all = readdirSync(join(dist, 'assets')).map((name) => `/app/assets/${name}`)
  const online = all.filter((address) => /\/province-[^/]*\.webp$/.test(address))
  expect(online.length).toBeGreaterThan(5)
  expect(
    online.filter((address) => [...member, ...staff, ...help, ...office_help].includes(address)),
  ).toEqual([])
  expect(online.filter((address) => sizes([address]).bytes > 64 * KB)).toEqual([])
})

test('every member whose phone has kept the help can read English offline', () => {
  const { member, help } = kept()
  const code = [...member, ...help].map((address) => content(address).toString()).join()
  expect(code).toContain(en.needs_network_once)
  expect(code).toContain(accounts_en.add_person_why)
})

test('nothing of the office or the province is in what a member downloads', () => {
  const { member, staff } = kept()
  expect(staff.length).toBeGreaterThan(0)
  expect(staff.filter((address) => member.includes(address))).toEqual([])
  const members: string[] = [...Object.values(vi), ...Object.values(screens_vi)]
  const theirs = Object.values(staff_vi).filter((text) => text.length > 25 && !members.includes(text))
  const found = (of: string[]) => {
    const code = of.map((address) => content(address).toString()).join()
    return theirs.filter((text) => code.includes(text))
  }
  expect(found(staff).length).toBeGreaterThan(theirs.length / 2)
  expect(found(member)).toEqual([])
})
