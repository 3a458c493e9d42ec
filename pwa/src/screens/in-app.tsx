import { useState } from 'preact/hooks'
import { t } from '../messages/enrol.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'

/** The whole invitation, for another browser. The address itself no longer has the code. */
export const link_of = (code: string): string => `${location.origin}/app/${code && `#enrol=${code}`}`

/** Android's way from one app into another; what follows the last `#` says which. */
const chrome_link = (code: string): string =>
  link_of(code).replace(/^https?:/, 'intent:') +
  `#Intent;scheme=${location.protocol.slice(0, -1)};package=com.android.chrome;end`

/** The way out of another app's view. */
export function InApp({ code }: { code: string }) {
  return (
    <>
      <h1>{t('in_app')}</h1>
      <p>{t('in_app_why')}</p>
      {/Android/.test(navigator.userAgent) && (
        <ButtonLink kind="main" icon="arrow" to={chrome_link(code)}>
          {t('in_app_chrome')}
        </ButtonLink>
      )}
      <Copy label={t('copy_link')} copied={t('copied')} text={link_of(code)} />
      <p class="soft">{t('in_app_how')}</p>
    </>
  )
}

/** An iPhone keeps a book for long only in an installed app, which has a storage of its own: first install, then come in. */
export function InstallFirst({ code, onNot }: { code: string; onNot: () => void }) {
  return (
    <>
      <h1>{t('install')}</h1>
      <p>{t('install_why')}</p>
      <ol class="steps">
        <li>{t('install_share')}</li>
        <li>{t('install_add')}</li>
        <li>{t('install_open')}</li>
      </ol>
      {code && <Copy label={t('install_copy')} copied={t('install_copied')} text={code} />}
      <Button kind="quiet" icon="arrow" onClick={onNot}>
        {t('install_not')}
      </Button>
    </>
  )
}

/** What is to be taken elsewhere; where the clipboard is closed to the page it stands there to be copied by hand. */
function Copy({ label, copied, text }: { label: string; copied: string; text: string }) {
  const [done, set_done] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => set_done(true),
      () => set_done(false),
    )
  return (
    <>
      <Button icon="double" onClick={() => void copy().catch(() => set_done(false))}>
        {label}
      </Button>
      <div aria-live="polite">
        {done && (
          <Banner tone="good" icon="check">
            {copied}
          </Banner>
        )}
        {done === false && <p>{t('copy_by_hand')}</p>}
      </div>
      <code class="to-copy">{text}</code>
    </>
  )
}
