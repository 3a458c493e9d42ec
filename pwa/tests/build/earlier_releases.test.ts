/** What a server still has for pages that were opened before it was renewed. */
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, expect, test } from 'vitest'
import { earlier_releases } from '../../build/earlier_releases.ts'

const root = mkdtempSync(join(tmpdir(), 'cho-phien-releases-'))
const assets = join(root, 'dist/assets')
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Builds a release that says `words`; resolves to the names of the scripts that the server has then. */
async function release(words: string): Promise<string[]> {
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>')
  writeFileSync(join(root, 'main.js'), `document.title = ${JSON.stringify(words)}`)
  const options = { outDir: 'dist', emptyOutDir: false }
  await build({ root, configFile: false, logLevel: 'silent', build: options, plugins: [earlier_releases()] })
  return readdirSync(assets).sort()
}

test('a build keeps the files of earlier releases for 90 days', async () => {
  const [first = ''] = await release('one')
  const two = await release('two')
  expect(two).toHaveLength(2)
  expect(two).toContain(first)
  const long_ago = new Date(Date.now() - 91 * 86_400_000)
  for (const name of two) utimesSync(join(assets, name), long_ago, long_ago)
  expect(await release('two')).toEqual(two.filter((name) => name !== first))
})
