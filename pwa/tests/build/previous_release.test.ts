/** What a server still has for pages that were opened before it was renewed. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, expect, test } from 'vitest'
import { previous_release } from '../../build/previous_release.ts'

const root = mkdtempSync(join(tmpdir(), 'cho-phien-releases-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Builds a release that says `words`; resolves to the names of the scripts that the server has then. */
async function release(words: string): Promise<string[]> {
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>')
  writeFileSync(join(root, 'main.js'), `document.title = ${JSON.stringify(words)}`)
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: 'dist', emptyOutDir: false },
    plugins: [previous_release()],
  })
  return readdirSync(join(root, 'dist/assets')).sort()
}

test("a build keeps the previous release's files and drops those before", async () => {
  const [first = ''] = await release('one')
  const two = await release('two')
  expect(two).toHaveLength(2)
  expect(two).toContain(first)
  expect(await release('two')).toEqual(two)
  const three = await release('three')
  expect(three).toHaveLength(2)
  expect(three).not.toContain(first)
})
