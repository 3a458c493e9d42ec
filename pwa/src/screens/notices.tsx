import { signal } from '@preact/signals'
import { t } from '../messages/index.ts'
import { apply_update, clock_warning, half_typed, session, storage, update_ready } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** The sheet that asks for the password again. */
export const password_open = signal(false)

/** What a person must know on whatever tab they stand. */
export function Notices() {
  const clock = clock_warning.value
  const { problem } = storage.value
  return (
    <>
      {problem && (
        <Banner
          tone="bad"
          icon="disk"
          action={
            problem === 'outdated' && (
              <Button icon="undo" onClick={() => location.reload()}>
                {t('update')}
              </Button>
            )
          }
        >
          {t(`storage_${problem}`)}
        </Banner>
      )}
      {session.value?.needs_password && (
        <Banner
          tone="warn"
          icon="lock"
          action={
            <Button
              icon="lock"
              onClick={() => {
                password_open.value = true
              }}
            >
              {t('enter_password')}
            </Button>
          }
        >
          {t('needs_password')}
        </Banner>
      )}
      {clock && (
        <Banner tone="warn" icon="clock">
          {t(clock.drift_ms > 0 ? 'clock_ahead' : 'clock_behind', { time: span(Math.abs(clock.drift_ms)) })}
        </Banner>
      )}
      {update_ready.value && !half_typed.value && (
        <Banner
          icon="check"
          action={
            <Button icon="check" onClick={apply_update}>
              {t('update')}
            </Button>
          }
        >
          {t('update_ready')}
        </Banner>
      )}
    </>
  )
}

/** A length of time in the largest unit that says enough. */
function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return t('minutes', { n: minutes })
  if (minutes < 2880) return t('hours', { n: Math.round(minutes / 60) })
  return t('days', { n: Math.round(minutes / 1440) })
}
