/** Watches the service worker: when all of it is here, and when a new release waits. Loaded after the first screen. */
import * as live from './live.ts'
import { apply_update, look_for_update } from './update.ts'

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

/** A waiting worker is an update only where another one serves this page. */
function notice(registration: ServiceWorkerRegistration): void {
  live.update_ready.value = registration.waiting !== null && navigator.serviceWorker.controller !== null
}

function update_when_idle(): void {
  const idle =
    document.visibilityState === 'hidden' && !live.half_typed.value && !live.send_state.value.syncing
  if (idle && live.update_ready.value) apply_update()
}
