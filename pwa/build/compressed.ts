/** Writes a .br and a .gz beside each text file of the build, so that the server never compresses an asset. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/

export function compressed(): Plugin {
  let out_dir = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      out_dir = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        for (const entry of await readdir(out_dir, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !TEXT.test(entry.name)) continue
          const path = join(entry.parentPath, entry.name)
          const bytes = await readFile(path)
          const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
          await writeFile(`${path}.br`, brotliCompressSync(bytes, { params }))
          await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}
