/**
 * Makes the entry a classic script: browsers keep the whole compiled code of classic scripts that a service worker
 * has installed, and none of modules (Chromium's GenerateFullCodeCache). Compiling anew is half of a cold launch
 * on a cheap phone.
 *
 * The chunks that come later stay modules; what they import from the entry they find in one global.
 */
import type { Plugin, Rolldown } from 'vite'

const GLOBAL = 'chophien'
const NAMES = String.raw`\{([^{}]*)\}`
const IMPORT = new RegExp(String.raw`\bimport\s*${NAMES}\s*from\s*["']([^"']+)["'];?`, 'g')
const EXPORT = new RegExp(String.raw`\bexport\s*${NAMES};?\s*$`)
const SCRIPT = /<script type="module" crossorigin src="([^"]+)">/

/** `a as b, c` → `[['a', 'b'], ['c', 'c']]` */
function pairs(names: string): [string, string][] {
  return names
    .split(',')
    .map((name) => name.trim().split(/\s+as\s+/))
    .filter(([name]) => name)
    .map(([name = '', other = name]) => [name, other])
}

/** What the entry exports, as [its own name, the name outside]. Only the first is kept: one list of short names. */
const exports_of = (code: string) => pairs(EXPORT.exec(code)?.[1] ?? '')

function as_classic(code: string): string {
  const names = exports_of(code).map(([name]) => name)
  const body = code
    .replace(EXPORT, `globalThis.${GLOBAL}={${[...new Set(names)].join()}}`)
    // Of vite's own preloading; its addresses are absolute.
    .replaceAll('import.meta.resolve', 'undefined')
    .replaceAll('import.meta.url', 'location.href')
  if (/\bimport\.meta\b|^\s*(import|export)\b(?!\s*\()/m.test(body))
    throw new Error('the entry cannot be a classic script')
  return `(()=>{"use strict";${body}})()`
}

export function classic_entry(): Plugin {
  return {
    name: 'classic-entry',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(
        (file): file is Rolldown.OutputChunk => file.type === 'chunk',
      )
      const entry = chunks.find(({ isEntry }) => isEntry)
      if (!entry) throw new Error('no entry')
      const own_name = new Map(exports_of(entry.code).map(([name, outside]) => [outside, name]))
      for (const chunk of chunks) {
        if (chunk === entry) continue
        chunk.code = chunk.code.replace(IMPORT, (whole, names: string, from: string) =>
          entry.fileName.endsWith(from.replace(/^\.+/, ''))
            ? `const{${pairs(names).map(([name, as]) => `${own_name.get(name)}:${as}`)}}=globalThis.${GLOBAL};`
            : whole,
        )
      }
      entry.code = as_classic(entry.code)
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(SCRIPT, '<script defer src="$1">'),
    },
  }
}
