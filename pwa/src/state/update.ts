/** The service worker: whether everything is here for offline use, and new releases, taken only while idle. */
import { computed } from '@preact/signals'
import * as live from './live.ts'

const LOOK_MS = 3_600_000

/** Registers the worker and watches for a new release. Without one (an in-app browser, say) the app works on line. */
export async function watch_worker(): Promise<void> {
  const container = globalThis.navigator?.serviceWorker
  if (!container || import.meta.env?.DEV) return
  document.addEventListener('visibilitychange', update_when_idle)
  void container.ready.then(() => {
    live.worker_ready.value = true
  })
  try {
    const registration = await container.register('/app/sw.js', { scope: '/app/', updateViaCache: 'none' })
    notice(registration)
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => notice(registration))
    })
    // An installed app may stay open for weeks; browsers only look when a page is loaded.
    let looked_ms = Date.now()
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' || Date.now() - looked_ms < LOOK_MS) return
      looked_ms = Date.now()
      void look_for_update()
    })
  } catch {
    // Not here, not now: the next launch tries again.
  }
}

/** Asks the server for a new release now. */
export async function look_for_update(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration('/app/')
  await registration?.update().catch(() => {})
}

/** A waiting worker is an update only where another one serves this page. */
function notice(registration: ServiceWorkerRegistration): void {
  live.update_ready.value = registration.waiting !== null && navigator.serviceWorker.controller !== null
}

function update_when_idle(): void {
  const idle =
    document.visibilityState === 'hidden' && !live.half_typed.value && !live.send_state.value.syncing
  if (idle && live.update_ready.value) apply_update()
}

/** Takes the new release now: the page loads again. */
export function apply_update(): void {
  const container = navigator.serviceWorker
  container.addEventListener('controllerchange', () => location.reload(), { once: true })
  void container
    .getRegistration('/app/')
    .then((registration) => registration?.waiting?.postMessage('activate'))
}

/** The office's and the province's chunks are kept once somebody who uses them has signed in. */
export async function keep_staff_offline(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.ready
  registration?.active?.postMessage('keep_staff')
}

/** Everything is precached and the first pull is stored. */
export const ready_offline = computed(() => live.worker_ready.value && live.readiness.value === 'ready')
