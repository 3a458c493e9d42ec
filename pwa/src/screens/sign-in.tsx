import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { is_demo } from '../state/demo.ts'
import { language, type SignInCode, type SignInResult, set_language, sign_in } from '../state/index.ts'
import { reset_pin } from '../state/sign_in.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { href } from '../ui/router.ts'
import { FileButton } from './file-button.tsx'
import { HelpLink } from './help-link.tsx'
import { PasswordField } from './password-field.tsx'
import { Loudspeaker } from './voice/loudspeaker.tsx'

/** A phone number or a member code, and the password. */
export function SignIn() {
  return (
    <main class="sign-in">
      <div class="brocade" />
      <div class="page stack">
        <img src="/app/favicon.svg" alt="" width="64" height="64" />
        <h1>Chợ Phiên</h1>
        <p class="soft">{t('sign_in_what')}</p>
        <div class="tools">
          <Loudspeaker />
        </div>
        <SignInForm />
        <ButtonLink icon="camera" to={href('enrol')}>
          {t('scan_invitation')}
        </ButtonLink>
        <FileButton kind="take_back" />
        <DemoHint />
        <HelpLink page="ngay-dau" />
        <Button
          kind="quiet"
          icon="globe"
          onClick={() => void set_language(language.value === 'vi' ? 'en' : 'vi')}
        >
          {language.value === 'vi' ? 'English' : 'Tiếng Việt'}
        </Button>
      </div>
    </main>
  )
}

/** In a demo everyone may know the passwords: better said than guessed. */
function DemoHint() {
  const [demo, set_demo] = useState(false)
  useEffect(() => {
    void is_demo().then(set_demo)
  }, [])
  return demo ? <Banner icon="key">{t('demo_hint')}</Banner> : null
}

/** The password in the place of a forgotten PIN. `login`: as far as it is known here. */
export const ResetForm = ({ login, onDone }: { login: string; onDone: () => void }) => (
  <SignInForm login={login} send={reset_pin} onDone={onDone} />
)

interface SignInFormProps {
  login?: string
  send?: (login: string, password: string) => Promise<SignInResult>
  /** It succeeded. */
  onDone?: () => void
}

export function SignInForm({ login: known = '', send = sign_in, onDone }: SignInFormProps) {
  const [login, set_login] = useState(known)
  const [password, set_password] = useState('')
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState<{ code: SignInCode; retry_after_s: number | null } | null>(null)
  const submit = async () => {
    if (running) return
    set_running(true)
    set_failed(null)
    const result = await send(login.trim(), password)
    set_running(false)
    if (result.ok) onDone?.()
    else set_failed(result)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field
        label={t('login')}
        hint={t('login_hint')}
        value={login}
        onChange={set_login}
        input={{ autocomplete: 'username', autocapitalize: 'none', spellcheck: false, required: true }}
      />
      <PasswordField
        label={t('password')}
        value={password}
        onChange={set_password}
        autocomplete="current-password"
      />
      <div role="alert">
        {failed && (
          <Banner tone="bad" icon={failed.code === 'no_network' ? 'offline' : 'alert'}>
            {failed.retry_after_s
              ? t('sign_in_wait', { n: Math.ceil(failed.retry_after_s / 60) })
              : t(`sign_in_${failed.code}`)}
          </Banner>
        )}
      </div>
      <Button submit kind="main" icon="person" disabled={running}>
        {t(running ? 'signing_in' : 'sign_in')}
      </Button>
    </form>
  )
}
