/** Asks the service worker to keep the help with its pictures. What it has already is not asked for again. */
export async function keep_help_offline(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.ready
  registration?.active?.postMessage('keep_help')
}
