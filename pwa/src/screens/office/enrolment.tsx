import { useEffect, useRef, useState } from 'preact/hooks'
import { encode } from 'uqr'
import { t as say } from '../../messages/screens.ts'
import { t, t_code } from '../../messages/staff.ts'
import { type MemberView, session, sync_now } from '../../state/index.ts'
import { create_enrolment, StaffError } from '../../state/staff.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { date_time } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'

const LIFETIME_MS = 86_400_000
const TICK_MS = 15_000

interface Issued {
  code: string
  /** By this phone's clock, whatever it says: the code is as old as its answer. */
  since_ms: number
}

/** A code that was shown stays good when it is shown again. Kept in memory alone. */
const issued = new Map<string, Issued>()

/** Only the fragment has the code: it is in no log and no Referer. */
const link_of = (code: string): string => `${location.origin}/app/#enrol=${code}`

/** A member's code for the camera of another phone, over the whole screen. `phones`: how many the member has already. */
export function EnrolmentSheet(props: {
  member: Pick<MemberView, 'id' | 'name' | 'state'>
  phones: number
  onClose: () => void
}) {
  const { member, phones, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const [shown, set_shown] = useState(issued.get(member.id) ?? null)
  const [failed, set_failed] = useState<string | null>(null)
  const left_ms = useLeft(shown)
  const issue = async () => {
    set_failed(null)
    set_shown(null)
    try {
      if (member.state === 'phone') await sync_now() // A code is for a member whom the co-operative knows.
      const { code } = await create_enrolment(member.id)
      const fresh = { code, since_ms: Date.now() }
      issued.set(member.id, fresh)
      set_shown(fresh)
    } catch (error) {
      set_failed(error instanceof StaffError ? error.code : 'other')
    }
  }
  useEffect(() => {
    dialog.current?.showModal()
    if (!shown || left_ms <= 0) void issue()
    return stay_awake()
  }, [])
  return (
    <dialog class="invite" ref={dialog} aria-label={t('invite_of', { name: member.name })} onClose={onClose}>
      <div class="sheet-head">
        <h2 tabIndex={-1} autofocus>
          {member.name}
        </h2>
        <button type="button" aria-label={say('close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <p>{session.value?.coop?.name}</p>
      {failed !== null && (
        <Banner
          tone="bad"
          icon="alert"
          action={<Button onClick={() => void issue()}>{t('try_again')}</Button>}
        >
          {t_code('invite_error', failed) ?? t_code('error', failed) ?? t('error_other')}
        </Banner>
      )}
      {!shown && failed === null && <p role="status">{t('loading')}</p>}
      {shown && left_ms > 0 && <Code link={link_of(shown.code)} name={member.name} left_ms={left_ms} />}
      {shown && left_ms <= 0 && (
        <Banner tone="warn" icon="clock">
          {t('invite_over')}
        </Banner>
      )}
      {phones > 0 && <p class="soft">{t('invite_again', { n: phones })}</p>}
      <Button kind="quiet" icon="undo" onClick={() => void issue()}>
        {t('invite_new')}
      </Button>
      <p class="soft">{t('invite_new_why')}</p>
    </dialog>
  )
}

function Code({ link, name, left_ms }: { link: string; name: string; left_ms: number }) {
  const [copied, set_copied] = useState(false)
  const share = () =>
    navigator.share
      ? navigator.share({ text: t('invite_text', { name }), url: link })
      : navigator.clipboard.writeText(link).then(() => set_copied(true))
  return (
    <>
      <Qr text={link} label={t('invite_qr', { name })} />
      <p class="line on-screen">
        <Icon name="clock" />
        <span class="number">{t('invite_left', { time: words_of(left_ms) })}</span>
      </p>
      <p class="on-screen">{t('invite_how')}</p>
      <div class="on-paper stack">
        <p>{t('invite_paper')}</p>
        <p>
          <b>{t('invite_until', { time: date_time(Date.now() + left_ms) })}</b>
        </p>
        <code>{link}</code>
      </div>
      <div class="buttons">
        {/* What the person closed, or the browser does not let: the code still stands there. */}
        <Button icon="send" onClick={() => void share().catch(() => {})}>
          {t('share' in navigator ? 'invite_share' : 'invite_copy')}
        </Button>
        <Button icon="file" onClick={() => print()}>
          {t('invite_print')}
        </Button>
      </div>
      <div aria-live="polite">
        {copied && (
          <Banner tone="good" icon="check">
            {t('invite_copied')}
          </Banner>
        )}
      </div>
    </>
  )
}

/** Always dark on white, whatever the theme: cameras read nothing else as well. */
function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}

/** What is left of the code's day; counted down. */
function useLeft(shown: Issued | null): number {
  const [now_ms, set_now_ms] = useState(Date.now())
  useEffect(() => {
    set_now_ms(Date.now())
    const timer = setInterval(() => set_now_ms(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [shown])
  return shown ? shown.since_ms + LIFETIME_MS - now_ms : 0
}

function words_of(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  const rest = say('minutes', { n: minutes % 60 })
  return hours > 0 ? `${say('hours', { n: hours })} ${rest}` : rest
}

/** A dark screen shows no code. Where the browser cannot, the hint to keep it bright is all there is. */
function stay_awake(): () => void {
  const lock = navigator.wakeLock?.request('screen').catch(() => null)
  return () => void lock?.then((held) => held?.release())
}
