import { useState } from 'preact/hooks'
import { t } from '../messages/file.ts'
import { can_share, download, type Saved, save_to_file, share } from '../state/file.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { PasswordField } from './password-field.tsx'

const CHARACTERS_MIN = 8

/** A password, then the file: locking it takes a cheap phone seconds, so handing it on is a tap of its own. */
export function SaveFile({ onClose }: { onClose: () => void }) {
  const [password, set_password] = useState('')
  const [making, set_making] = useState(false)
  const [wrong, set_wrong] = useState<'password_short' | 'save_failed' | null>(null)
  const [saved, set_saved] = useState<Saved | null>(null)
  const make = async () => {
    if (making) return
    if (password.length < CHARACTERS_MIN) return set_wrong('password_short')
    set_wrong(null)
    set_making(true)
    await save_to_file(password).then(set_saved, () => set_wrong('save_failed'))
    set_making(false)
  }
  return (
    <Sheet title={t('save')} onClose={onClose}>
      {saved ? (
        <HandOn saved={saved} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <p data-say="say_save_file">{t('save_what')}</p>
          <PasswordField
            label={t('password')}
            hint={t('password_hint')}
            value={password}
            wrong={wrong === 'password_short' ? t(wrong) : null}
            onChange={set_password}
            autocomplete="new-password"
          />
          <div role="alert">
            {wrong === 'save_failed' && (
              <Banner tone="bad" icon="alert">
                {t(wrong)}
              </Banner>
            )}
          </div>
          <Button submit kind="main" icon="lock" disabled={making}>
            {t(making ? 'making' : 'make')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}

function HandOn({ saved: { file, mutations, photos, left_out } }: { saved: Saved }) {
  return (
    <div class="stack" aria-live="polite" data-say="say_save_file">
      <Banner tone="good" icon="check">
        {t('made', { n: mutations, photos })}
      </Banner>
      {left_out > 0 && (
        <Banner tone="warn" icon="camera">
          {t('left_out', { n: left_out })}
        </Banner>
      )}
      {can_share(file) && (
        <Button kind="main" icon="send" onClick={() => void share(file)}>
          {t('share')}
        </Button>
      )}
      <Button icon="file" onClick={() => download(file)}>
        {t('download')}
      </Button>
    </div>
  )
}
