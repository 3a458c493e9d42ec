/** Sending at once. */
import { signed_in_account } from './account.ts'

/** At once, whatever the back-off says. Resolves when this attempt has ended. */
export async function sync_now(): Promise<void> {
  const account = signed_in_account()
  await account.loop.now()
  if (account.lacks_sending && (await is_served())) location.reload()
}

/** Whether this page would load again: not from behind a portal. */
const is_served = (): Promise<boolean> =>
  fetch('/api/v1/health')
    .then(
      async (answer) => answer.ok && (await answer.json()).status === 'ok',
      () => false,
    )
    .catch(() => false)
