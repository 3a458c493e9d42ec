/** The service worker: whether everything is here for offline use, and new releases, taken only while idle. */
import { computed } from '@preact/signals'
import * as live from './live.ts'

/** Asks the server for a new release now. */
export async function look_for_update(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration('/app/')
  await registration?.update().catch(() => {})
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
