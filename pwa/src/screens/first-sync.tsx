import { t } from '../messages/screens.ts'
import { type SyncErrorCode, send_state, session, sync_now } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { HelpMark } from './help-mark.tsx'
import { Loudspeaker } from './voice/loudspeaker.tsx'

/** What passes by itself; nothing is to be sent yet. */
const PASSING: ReadonlySet<SyncErrorCode> = new Set([
  'no_network',
  'timeout',
  'rate_limited',
  'unavailable',
  'failed',
])

/** The first pull: what is on its way, and the way on when the network breaks off. */
export function FirstSync() {
  const { progress, last_error, syncing } = send_state.value
  return (
    <main class="sign-in">
      <div class="brocade" />
      <div class="page stack first-sync" aria-live="polite">
        <Icon name="house" />
        <h1>{t('first_sync', { name: session.value?.user.name ?? '' })}</h1>
        <p>{session.value?.coop?.name}</p>
        <div class="tools">
          <Loudspeaker />
          <HelpMark page="tai-so-ve" />
        </div>
        {last_error && !syncing ? (
          <Banner tone="warn" icon="offline">
            {t(PASSING.has(last_error) ? 'first_sync_stopped' : `sync_error_${last_error}`)}
          </Banner>
        ) : (
          <>
            <progress />
            <p class="number">{t('progress_received', { n: progress?.received ?? 0 })}</p>
          </>
        )}
        <p class="soft">{t('first_sync_why')}</p>
        {last_error && !syncing && (
          <Button kind="main" icon="undo" onClick={() => void sync_now()}>
            {t('try_again')}
          </Button>
        )}
      </div>
    </main>
  )
}
