/**
 * Builds dist/sw.js from the worker's source with the list of what it keeps, and reports the sizes.
 *
 * `core` is everything that a member's screens can reach; `staff` is what only the office and the province reach;
 * `help` is the user guide with its pictures and what else can wait, kept after everything else; `office_help` is what of
 * the guide managers' phones keep besides. Each entry carries its digest: a captive portal's page never enters the cache.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin, type Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk & {
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

interface Options {
  worker: string
  staff: RegExp
  /** Chunks that serve only where there is a network: nobody keeps them. */
  online: RegExp
  help: RegExp
  office_help: RegExp
}

/** Files reachable from `start`, with their CSS; `follow` decides which lazy chunks belong. */
function reachable(
  chunks: Map<string, Chunk>,
  start: string[],
  follow: (lazy: Chunk) => boolean,
): Set<string> {
  const files = new Set<string>()
  const queue = [...start]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const chunk = chunks.get(name)
    if (!chunk || files.has(name)) continue
    files.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset)
    queue.push(...chunk.imports)
    for (const lazy of chunk.dynamicImports) {
      const target = chunks.get(lazy)
      if (target && follow(target)) queue.push(lazy)
    }
  }
  return files
}

export function service_worker({ worker, staff, online, help, office_help }: Options): Plugin {
  let root = ''
  let out_dir = ''
  let base = '/'
  let chunks = new Map<string, Chunk>()
  let workers: string[] = []
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root
      out_dir = resolve(root, config.build.outDir)
      base = config.base
    },
    writeBundle(_, bundle) {
      chunks = new Map(
        Object.values(bundle)
          .filter((file) => file.type === 'chunk')
          .map((file) => [file.fileName, file as Chunk]),
      )
      // Built apart, so no chunk imports them.
      workers = Object.keys(bundle).filter((name) => /_worker-[^/]+\.js$/.test(name))
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      async handler() {
        const entries = [...chunks.values()].filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName)
        const is_in = (modules: RegExp) => (chunk: Chunk) => chunk.moduleIds.some((id) => modules.test(id))
        const [is_staff, is_online] = [is_in(staff), is_in(online)]
        const [is_help, is_office_help] = [is_in(help), is_in(office_help)]
        const named = (is_one: (chunk: Chunk) => boolean) =>
          [...chunks.values()].filter(is_one).map((chunk) => chunk.fileName)
        // The page itself comes below; drawings come a frame later.
        const critical = new Set(
          [...reachable(chunks, entries, () => false)].filter((name) => /\.(css|js)$/.test(name)),
        )
        const is_members = (lazy: Chunk) => !is_staff(lazy) && !is_online(lazy) && !is_office_help(lazy)
        const core = reachable(chunks, entries, (lazy) => is_members(lazy) && !is_help(lazy))
        const members = reachable(chunks, entries, is_members)
        const only_help = [...members].filter((name) => !core.has(name))
        const of_staff = reachable(
          chunks,
          named(is_staff),
          (lazy) => !is_online(lazy) && !members.has(lazy.fileName),
        )
        const only_office_help = [...reachable(chunks, named(is_office_help), () => false)].filter(
          (name) => !members.has(name),
        )
        // By name: what an earlier release left in the folder is none of this one's.
        const shell = (await readdir(out_dir)).filter((name) =>
          /(\.(html|webmanifest)|^favicon\.(png|svg))$/.test(name),
        )
        for (const name of [...shell, ...workers]) core.add(name)
        critical.add('index.html')
        const only_staff = [...of_staff].filter((name) => !core.has(name))

        const contents = new Map<string, Buffer>()
        for (const name of [...core, ...only_staff, ...only_help, ...only_office_help])
          contents.set(name, await readFile(join(out_dir, name)))
        const entry = (name: string) => {
          const digest = createHash('sha256')
            .update(contents.get(name) ?? '')
            .digest('base64')
          // The page is kept under the address that people open; a redirect to it could not answer a navigation.
          return [name === 'index.html' ? base : base + name, `sha256-${digest}`]
        }
        const list = {
          core: [...core].sort().map(entry),
          staff: only_staff.sort().map(entry),
          help: only_help.sort().map(entry),
          office_help: only_office_help.sort().map(entry),
        }
        const version = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 12)
        await build({
          root,
          configFile: false,
          logLevel: 'warn',
          define: { __PRECACHE__: JSON.stringify({ version, base, ...list }) },
          build: {
            target: ['chrome106', 'safari16.4'],
            outDir: out_dir,
            emptyOutDir: false,
            copyPublicDir: false,
            reportCompressedSize: false,
            lib: { entry: join(root, worker), formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
          },
        })
        const gzip_kb = (names: Iterable<string>) => {
          let bytes = 0
          for (const name of names) bytes += gzipSync(contents.get(name) ?? '', { level: 9 }).length
          return (bytes / 1024).toFixed(1)
        }
        this.info(`member bundle ${gzip_kb(critical)} KB gzip (budget 35)`)
        this.info(`precache ${gzip_kb(core)} KB gzip (budget 100), staff ${gzip_kb(only_staff)} KB gzip more`)
        this.info(`help with its pictures ${gzip_kb(only_help)} KB gzip (budget 512)`)
        this.info(`help of the office ${gzip_kb(only_office_help)} KB gzip more (budget 512)`)
      },
    },
  }
}
