import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { language, session, set_language, sign_out, sync_now } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { lazy } from '../ui/lazy.tsx'
import { Picks } from '../ui/picks.tsx'
import { go, href } from '../ui/router.ts'
import { Sheet } from '../ui/sheet.tsx'
import { FileButton } from './file-button.tsx'
import { account_open } from './frame.tsx'
import { HelpLink } from './help-link.tsx'
import { password_open } from './notices.tsx'
import { SignInForm } from './sign-in.tsx'

const Sharing = lazy(() => import('./sharing.tsx')).part((module) => module.Sharing)
const Consents = lazy(() => import('./consent.tsx')).part((module) => module.Consents)
const VoiceChoice = lazy(() => import('./voice/voice-choice.tsx')).part((module) => module.VoiceChoice)

/** Who is signed in, the language, the PIN, handing the phone on, and the way out. */
export function Account() {
  const [pin_alone, set_pin_alone] = useState(false)
  const [consents, set_consents] = useState(false)
  const close = () => {
    account_open.value = false
  }
  const { user, coop } = session.value ?? {}
  return (
    <Sheet title={user?.name ?? ''} onClose={close}>
      {!pin_alone && (
        <>
          <p data-say="say_account">
            {user && t(`role_${user.role}`)}
            {coop && ` · ${coop.name}`}
          </p>
          <Picks
            label={t('language')}
            picks={[
              { value: 'vi', label: 'Tiếng Việt' },
              { value: 'en', label: 'English' },
            ]}
            value={language.value}
            onChange={(chosen) => void set_language(chosen)}
          />
          <VoiceChoice />
          {consents && user ? (
            <Consents member_id={user.id} />
          ) : (
            user?.role === 'member' && (
              <Button kind="quiet" icon="person" onClick={() => set_consents(true)}>
                {t('consent')}
              </Button>
            )
          )}
          <HelpLink onOpen={close} />
        </>
      )}
      <Sharing onPin={set_pin_alone} />
      {!pin_alone && <Leave onLeft={close} />}
    </Sheet>
  )
}

/** Signing out. With unsent records there are two ways first: send, or save a file. */
function Leave({ onLeft }: { onLeft: () => void }) {
  const [unsent, set_unsent] = useState<number | null>(null)
  const leave = async () => {
    const result = await sign_out()
    if (!result.ok) return set_unsent(result.unsent)
    onLeft()
    go(href()) // Who signs in next begins at the beginning.
  }
  return (
    <>
      {unsent === null ? (
        <Button icon="exit" onClick={() => void leave()}>
          {t('sign_out')}
        </Button>
      ) : (
        <div class="stack" role="alert">
          <Banner tone="warn" icon="phone">
            {t('sign_out_blocked', { n: unsent })}
          </Banner>
          <div class="buttons">
            <Button icon="send" onClick={() => void sync_now().then(leave)}>
              {t('sign_out_send')}
            </Button>
            <FileButton kind="save_file" />
          </div>
        </div>
      )}
      {session.value?.coop && <p class="soft">{t('sign_out_why')}</p>}
    </>
  )
}

/** The password once more, for sending: what is recorded stays whatever happens here. */
export function PasswordAgain() {
  const close = () => {
    password_open.value = false
  }
  return (
    <Sheet title={t('enter_password')} onClose={close}>
      <p data-say="say_password">{t('needs_password')}</p>
      <SignInForm onDone={close} />
    </Sheet>
  )
}
