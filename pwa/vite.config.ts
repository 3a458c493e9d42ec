import { defineConfig } from 'vitest/config'
import { chunks } from './build/chunks.ts'
import { classic_entry } from './build/classic_entry.ts'
import { compressed } from './build/compressed.ts'
import { earlier_releases } from './build/earlier_releases.ts'
import { guide } from './build/guide.ts'
import { service_worker } from './build/service_worker.ts'
import release from './package.json' with { type: 'json' }

/** Chunks of the office and the province: never in what a member downloads. */
export const STAFF_MODULE =
  /\/src\/(screens\/(office|province)\/|state\/(staff|members|voice_drafts)|voice\/microphone)/

/** Reads codes where the browser does not: coming in needs a network anyway. The province works on line. */
const ONLINE_MODULE = /\/node_modules\/jsqr\/|virtual:guide\/province/

/** What of the guide a manager's phone keeps, and no member's. */
const OFFICE_GUIDE_MODULE = /virtual:guide\/office/

/** The help, and what is kept with it once all that was recorded is sent: other people coming in, the voice, English. */
const KEPT_LAST_MODULE =
  /virtual:guide\/member|\/src\/(state\/enrol|screens\/(enrol|help(-(signs|guide|article))?\.ts|voice\/(?!loudspeaker))|messages\/(enrol|numbers|voice|(\w+_)?en\.ts))/

/** Named by the one door to the state, but used only by screens that come after the first. */
const LATER_MODULE =
  /\/src\/state\/(book|debts|enrol|goods_totals|listings|members|records|refused|seen_sales|send|sign_in|demo)\.ts$/

/** Sending and receiving: all of it is needed at the first sync of a launch. */
const SYNC_MODULE =
  /\/src\/(state\/(caller|lock|others|photos|pin|room|syncing|watch_worker)\.ts$|sync\/(answer|exchange|fingerprint|transport|witness)|db\/(apply|rows|sha256|sync_store)|photos\/|voice\/voice_(db|store))/

export default defineConfig({
  base: '/app/',
  define: { 'import.meta.env.VERSION': JSON.stringify(release.version) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome106', 'safari16.4'],
    outDir: 'dist',
    emptyOutDir: false, // Earlier releases stay for a while.
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    // The preload polyfill would be the only reason for a fetch that is not ours; the floor has modulepreload.
    modulePreload: {
      polyfill: false,
      // The entry is there, and no module.
      resolveDependencies: (_, files) => files.filter((file) => !file.startsWith('assets/app-')),
    },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/app-[hash].js',
        codeSplitting: {
          // What the first screen needs in one file: it compresses better than what chunks happen to share.
          groups: [
            chunks({
              app: /\/index\.html$/,
              member: /\/src\/screens\/member\.ts$/,
              sync: SYNC_MODULE,
              later: LATER_MODULE,
              apart: [STAFF_MODULE, ONLINE_MODULE, KEPT_LAST_MODULE, OFFICE_GUIDE_MODULE],
            }),
          ],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
  plugins: [
    guide(),
    classic_entry(),
    earlier_releases(),
    service_worker({
      worker: 'src/sw/worker.ts',
      staff: STAFF_MODULE,
      online: ONLINE_MODULE,
      help: KEPT_LAST_MODULE,
      office_help: OFFICE_GUIDE_MODULE,
    }),
    compressed(),
  ],
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: 'tests/support/setup.ts',
    globalSetup: 'tests/support/server.ts',
    // Generous: a busy machine is no failure.
    testTimeout: 60_000,
    // Storage that a test took away under requests for which nobody waits any more.
    onUnhandledError: (error) =>
      ![error.name, (error.cause as Error | undefined)?.name].includes('AbortError'),
    hookTimeout: 60_000,
    // They wait for each other and for servers more than they work.
    maxWorkers: 3,
    expect: { poll: { timeout: 20_000 } },
  },
})
