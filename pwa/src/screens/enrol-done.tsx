import { t } from '../messages/enrol.ts'
import { t as say } from '../messages/screens.ts'
import { readiness, ready_offline, send_state, session, sync_now } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { go, href } from '../ui/router.ts'

/** In: what still comes to this phone, and the way to the first sale, which waits for none of it. */
export function Welcome({ member_code }: { member_code: string }) {
  const { last_error, syncing } = send_state.value
  const pulled = readiness.value === 'ready'
  return (
    <>
      <h1>{t('enrol_hello', { name: session.value?.user.name ?? '' })}</h1>
      <div class="stack" aria-live="polite">
        <Step done>{t('enrol_in', { coop: session.value?.coop?.name ?? '' })}</Step>
        <Step done={pulled}>{t(pulled ? 'enrol_book_here' : 'enrol_book_coming')}</Step>
        {ready_offline.value ? (
          <Step done>{say('works_offline')}</Step>
        ) : (
          <Step done={false}>{t('enrol_offline_coming')}</Step>
        )}
        {last_error && !syncing && !pulled && (
          <Banner
            tone="warn"
            icon="offline"
            action={<Button onClick={() => void sync_now()}>{say('try_again')}</Button>}
          >
            {say(`sync_error_${last_error}`)}
          </Banner>
        )}
      </div>
      <Banner icon="key">{t('enrol_member_code', { code: member_code })}</Banner>
      <Button kind="save" icon="sell" disabled={!pulled} onClick={() => go(href(), true)}>
        {t('enrol_start')}
      </Button>
    </>
  )
}

const Step = ({ done, children }: { done: boolean; children: string }) => (
  <p class={`line ${done ? 'good' : 'soft'}`}>
    <Icon name={done ? 'check' : 'clock'} />
    {children}
  </p>
)
