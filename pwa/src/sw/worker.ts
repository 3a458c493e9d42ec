/**
 * The service worker: it only keeps the app's own files. It never touches /api/, never skips waiting by itself, and
 * keeps the files of an older release until no page needs them.
 */
interface Precache {
  version: string
  base: string
  /** [address, digest] */
  core: [string, string][]
  staff: [string, string][]
  help: [string, string][]
  /** For managers' phones, with the help. */
  office_help: [string, string][]
}

declare const __PRECACHE__: Precache
const worker = self as unknown as ServiceWorkerGlobalScope

const { version, base, core, staff, help, office_help } = __PRECACHE__
const PREFIX = 'app-'
const CACHE = PREFIX + version
const STAFF_MARK = `${base}keep-staff`
const ANY = { ignoreVary: true, ignoreSearch: true }

/** The digest is checked by the browser: what is not ours, byte by byte, does not get in. */
async function keep(cache: Cache, files: [string, string][]): Promise<void> {
  await Promise.all(
    files.map(async ([address, integrity]) => {
      const is_hashed = address.includes('/assets/')
      if (is_hashed && (await cache.match(address, ANY))) return
      const kept = await caches.match(address, ANY)
      if (kept && is_hashed) return cache.put(address, kept)
      return cache.add(
        new Request(address, { integrity, cache: is_hashed ? 'default' : 'reload', redirect: 'error' }),
      )
    }),
  )
}

async function keep_staff(): Promise<void> {
  const cache = await caches.open(CACHE)
  await keep(cache, staff)
  await cache.put(STAFF_MARK, new Response())
}

/** The help comes when nothing else is to be done; what does not come now is asked for another time. */
const keep_last = async (files: typeof help) => keep(await caches.open(CACHE), files).catch(() => undefined)

/** What an older release has of it needs no network. */
async function take_over(cache: Cache, files: typeof help): Promise<void> {
  for (const [address] of files) {
    const kept = await caches.match(address, ANY)
    if (kept) await cache.put(address, kept)
  }
}

worker.addEventListener('install', (event) => {
  const install = async () => {
    const cache = await caches.open(CACHE)
    await keep(cache, core)
    await take_over(cache, help)
    if (!(await caches.match(STAFF_MARK))) return
    await take_over(cache, office_help)
    await keep_staff()
  }
  event.waitUntil(install())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim())
})

worker.addEventListener('message', (event) => {
  if (event.data === 'activate') event.waitUntil(worker.skipWaiting())
  if (event.data === 'keep_staff') event.waitUntil(keep_staff())
  if (event.data === 'keep_help') event.waitUntil(keep_last(help))
  if (event.data === 'keep_office_help') event.waitUntil(keep_last([...help, ...office_help]))
})

/** A page that is just being loaded runs this release; older files go when it is the only one. */
async function forget_old(loading: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some(({ id }) => id !== loading)) return
  const names = await caches.keys()
  // Nothing that a newer release, waiting or being installed, has kept.
  if (worker.registration.waiting || worker.registration.installing) return
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  )
}

async function page(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE)
  event.waitUntil(forget_old(event.resultingClientId))
  return (await cache.match(base, ANY)) ?? fetch(event.request)
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || !pathname.startsWith(base)) return
  if (request.mode === 'navigate') event.respondWith(page(event))
  else event.respondWith(caches.match(request, ANY).then((kept) => kept ?? fetch(request)))
})
