import { useEffect, useRef, useState } from 'preact/hooks'
import { t, t_code } from '../messages/enrol.ts'
import { type EnrolResult, enrol, type Invitation } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { PasswordField } from './password-field.tsx'

type Problem = { code: string; retry_after_s: number | null }

export const problem_words = ({ code, retry_after_s }: Problem): string =>
  retry_after_s
    ? t('enrol_wait', { n: Math.ceil(retry_after_s / 60) })
    : (t_code('enrol_error', code) ?? t('enrol_error_failed'))

interface ChoosePasswordProps {
  invitation: Invitation
  onIn: (member_code: string) => void
}

/** The password that the person chooses. Where the network breaks off it is sent again when there is one. */
export function ChoosePassword({ invitation, onIn }: ChoosePasswordProps) {
  const [password, set_password] = useState('')
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState<(EnrolResult & { ok: false }) | null>(null)
  const sent = useRef(invitation.sent)
  const submit = async () => {
    if (running) return
    set_running(true)
    set_failed(null)
    const result = await enrol({ ...invitation, sent: sent.current }, password)
    sent.current = true
    set_running(false)
    if (result.ok) onIn(result.member_code)
    else set_failed(result)
  }
  useEffect(() => {
    if (failed?.code !== 'no_network') return
    const again = () => void submit()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [failed])
  const wrong = failed?.code.startsWith('password') ? problem_words(failed) : null
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <PasswordField
        label={t('enrol_password')}
        hint={t('enrol_password_hint')}
        wrong={wrong}
        value={password}
        onChange={set_password}
        autocomplete="new-password"
      />
      <div role="alert">
        {failed && !wrong && (
          <Banner tone="bad" icon={failed.code === 'no_network' ? 'offline' : 'alert'}>
            {failed.code === 'code_spent' && invitation.sent
              ? t('enrol_error_spent_here')
              : problem_words(failed)}
          </Banner>
        )}
      </div>
      <Button submit kind="main" icon="check" disabled={running}>
        {t(running ? 'enrol_going' : 'enrol_go')}
      </Button>
    </form>
  )
}
