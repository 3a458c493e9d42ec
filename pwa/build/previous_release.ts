/**
 * Keeps the previous release's files beside the new ones, and only those: a page that is open while the server is renewed
 * may still ask for a chunk of its own. Building the same again forgets nothing.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

const LIST = '.releases'

interface Releases {
  present: string[]
  previous: string[]
}

/** Without those that `compressed` writes beside them. */
async function assets_in(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => !/\.(br|gz)$/.test(name)).sort()
}

export function previous_release(): Plugin {
  let out_dir = ''
  let assets = ''
  return {
    name: 'previous-release',
    apply: 'build',
    configResolved({ root, build }) {
      out_dir = resolve(root, build.outDir)
      assets = join(out_dir, build.assetsDir)
    },
    async writeBundle(_, bundle) {
      const present = Object.keys(bundle)
        .map((name) => name.split('/').at(-1) ?? '')
        .sort()
      const list = join(out_dir, LIST)
      const before = await readFile(list, 'utf8').then(
        (text) => JSON.parse(text) as Releases,
        (): Releases => ({ present: [], previous: [] }),
      )
      const is_same = before.present.join() === present.join()
      const previous = is_same ? before.previous : before.present
      const kept = new Set([...present, ...previous])
      for (const name of await assets_in(assets)) {
        if (kept.has(name)) continue
        for (const suffix of ['', '.br', '.gz']) await rm(join(assets, name + suffix), { force: true })
      }
      await writeFile(list, JSON.stringify({ present, previous } satisfies Releases))
    },
  }
}
