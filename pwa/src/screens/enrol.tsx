import '../styles/screens.css'
import '../styles/send.css'
import '../styles/enrol.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t as say_pin } from '../messages/accounts.ts'
import { t } from '../messages/enrol.ts'
import { t as say } from '../messages/screens.ts'
import {
  forget_invitation,
  gate,
  type Invitation,
  keep_invitation,
  kept_invitation,
  type LookResult,
  look_at_invitation,
} from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { draw_more } from '../ui/icon.tsx'
import { MORE_ICONS } from '../ui/more_icons.ts'
import { go, href, invited } from '../ui/router.ts'
import { Welcome } from './enrol-done.tsx'
import { ChoosePassword, problem_words } from './enrol-password.tsx'
import { Scan } from './enrol-scan.tsx'
import { HelpMark } from './help-mark.tsx'
import { InApp, InstallFirst } from './in-app.tsx'
import { ChoosePin } from './pin.tsx'
import { is_in_app, is_uninstalled_iphone } from './platform.ts'
import { Loudspeaker } from './voice/loudspeaker.tsx'

draw_more(MORE_ICONS)

/** From a manager's code to the first screen: where it works, whose it is, a password, a PIN, and the book. */
export function Enrol() {
  const code = invited.value
  return (
    <main class="sign-in">
      <div class="brocade" />
      <div class="page stack">
        <div class="tools">
          <Loudspeaker />
          <HelpMark
            page={is_in_app() ? 'mo-bang-trinh-duyet' : is_uninstalled_iphone() ? 'iphone' : 'ngay-dau'}
          />
        </div>
        {is_in_app() ? <InApp code={code} /> : <Enrolling key={code} code={code} />}
      </div>
    </main>
  )
}

function Enrolling({ code }: { code: string }) {
  const [invitation, set_invitation] = useState<Invitation | null>()
  const [not_installed, set_not_installed] = useState(is_uninstalled_iphone)
  const [member_code, set_member_code] = useState<string | null>(null)
  const [asks_pin, set_asks_pin] = useState(true)
  const chosen = () => set_asks_pin(false)
  useEffect(() => {
    const kept = code ? keep_invitation(code) : kept_invitation()
    kept.then(set_invitation, () => set_invitation(null)).then(() => history.replaceState(null, ''))
  }, [code])
  if (member_code !== null && asks_pin)
    return (
      <>
        <h1>{say_pin('choose')}</h1>
        <ChoosePin untitled onDone={chosen} onSkip={gate.value === 'open' ? chosen : undefined} />
      </>
    )
  if (member_code !== null) return <Welcome member_code={member_code} />
  if (not_installed) return <InstallFirst code={code} onNot={() => set_not_installed(false)} />
  if (invitation === undefined) return null
  if (invitation === null)
    return (
      <>
        <Scan
          onCode={(scanned) => {
            invited.value = scanned
          }}
        />
        <Later />
      </>
    )
  const forget = () => {
    invited.value = ''
    void forget_invitation().then(() => set_invitation(null))
  }
  return <Invited invitation={invitation} onIn={set_member_code} onForget={forget} />
}

const Later = () => (
  <Button kind="quiet" icon="clock" onClick={() => go(href(), true)}>
    {t('enrol_later')}
  </Button>
)

interface InvitedProps {
  invitation: Invitation
  /** In; with the member code. */
  onIn: (member_code: string) => void
  onForget: () => void
}

/** Who is let in and where is seen before anything is typed. */
function Invited({ invitation, onIn, onForget }: InvitedProps) {
  const [seen, look] = useLook(invitation)
  if (seen === null) return <p role="status">{t('enrol_looking')}</p>
  // Spent, but perhaps by this phone: the answer may have been lost on its way.
  const spent_here = !seen.ok && seen.code === 'code_spent' && invitation.sent
  if (!seen.ok && !spent_here)
    return (
      <>
        <h1>{t('enrol')}</h1>
        <Banner tone="bad" icon={seen.code === 'no_network' ? 'offline' : 'alert'}>
          {problem_words(seen)}
        </Banner>
        {seen.code.startsWith('code_') ? (
          <Button kind="main" icon="camera" onClick={onForget}>
            {t('enrol_other_code')}
          </Button>
        ) : (
          <Button kind="main" icon="undo" onClick={look}>
            {say('try_again')}
          </Button>
        )}
        {seen.code === 'code_spent' ? (
          <ButtonLink icon="person" to={href()}>
            {say('sign_in')}
          </ButtonLink>
        ) : (
          <Later />
        )}
      </>
    )
  return (
    <>
      {seen.ok ? (
        <>
          <h1>{t('enrol_hello', { name: seen.name })}</h1>
          <p>{t('enrol_invites', { coop: seen.coop_name })}</p>
        </>
      ) : (
        <>
          <h1>{t('enrol')}</h1>
          <Banner tone="warn" icon="key">
            {t('enrol_error_spent_here')}
          </Banner>
        </>
      )}
      <ChoosePassword invitation={invitation} onIn={onIn} />
      <Button kind="quiet" icon={seen.ok ? 'swap' : 'camera'} onClick={onForget}>
        {t(seen.ok ? 'enrol_not_me' : 'enrol_other_code')}
      </Button>
    </>
  )
}

/** Asks whom the code lets in: at once, on a tap, and when the network comes back. */
function useLook(invitation: Invitation): [LookResult | null, () => void] {
  const [seen, set_seen] = useState<LookResult | null>(null)
  const known = useRef(false)
  const look = () => {
    set_seen(null)
    void look_at_invitation(invitation).then((result) => {
      known.current = result.ok
      set_seen(result)
    })
  }
  useEffect(() => {
    look()
    const again = () => {
      if (!known.current) look()
    }
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])
  return [seen, look]
}
