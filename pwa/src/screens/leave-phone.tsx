import { useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { type Person, send_everyone } from '../state/people.ts'
import { sign_out_of } from '../state/sign_in.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

interface LeavePhoneProps {
  person: Person
  /** No longer among those who use the phone. */
  onLeft: () => void
  /** The other way out: into the book, where it can be saved to a file. */
  onOpen: () => void
}

/** Takes somebody off a shared phone. What only this phone has is sent first, or saved by its owner. */
export function LeavePhone({ person, onLeft, onOpen }: LeavePhoneProps) {
  const [unsent, set_unsent] = useState<number | null>(null)
  const [tried, set_tried] = useState(false)
  const [running, set_running] = useState(false)
  const leave = async (by: () => Promise<void>) => {
    if (running) return
    set_running(true)
    await by()
    const result = await sign_out_of(person.id)
    set_running(false)
    if (result.ok) onLeft()
    else set_unsent(result.unsent)
  }
  const send = async () => {
    await send_everyone()
    set_tried(true)
  }
  return (
    <>
      <h2>{t('leave')}</h2>
      <p>{t('leave_why')}</p>
      {unsent === null ? (
        <Button kind="bad" icon="exit" disabled={running} onClick={() => void leave(async () => {})}>
          {t('leave')}
        </Button>
      ) : (
        <div class="stack" role="alert">
          <Banner tone="warn" icon="phone">
            {t('leave_blocked', { n: unsent })}
          </Banner>
          {tried && !running && (
            <Banner tone="bad" icon="offline">
              {t(person.needs_password ? 'leave_password' : 'leave_not_sent')}
            </Banner>
          )}
          <Button icon="send" disabled={running} onClick={() => void leave(send)}>
            {t(running ? 'leave_sending' : 'leave_send')}
          </Button>
          <Button icon="file" disabled={running} onClick={onOpen}>
            {t('leave_open')}
          </Button>
        </div>
      )}
    </>
  )
}
