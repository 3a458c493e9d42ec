/**
 * Keeps the files of earlier releases beside the new ones for 90 days: a page that is open asks for those of the release
 * that it came with. A file's time is that of the last build that had it.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

const KEPT_MS = 90 * 86_400_000

export function earlier_releases(): Plugin {
  let assets = ''
  return {
    name: 'earlier-releases',
    apply: 'build',
    configResolved({ root, build }) {
      assets = resolve(root, build.outDir, build.assetsDir)
    },
    async writeBundle() {
      for (const name of await readdir(assets)) {
        const file = join(assets, name)
        const { mtimeMs } = await stat(file)
        if (Date.now() - mtimeMs > KEPT_MS) await rm(file)
      }
    },
  }
}
