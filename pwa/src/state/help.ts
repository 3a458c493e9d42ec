import type { Role } from './types.ts'

/** Asks the service worker to keep the help with its pictures, a manager's too. What it has already is not asked for again. */
export async function keep_help_offline(role: Role): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.ready
  registration?.active?.postMessage(role === 'manager' ? 'keep_office_help' : 'keep_help')
}
