import { useState } from 'preact/hooks'
import { t, t_code } from '../messages/file.ts'
import { is_plain } from '../state/plain_file.ts'
import { type TakenBack, take_back } from '../state/take_back.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { PasswordField } from './password-field.tsx'

/** A file and its password. What it holds is on this phone's disk when it says so. */
export function TakeBack({ onClose }: { onClose: () => void }) {
  const [file, set_file] = useState<{ name: string; text: string } | null>(null)
  const [password, set_password] = useState('')
  const [opening, set_opening] = useState(false)
  const [failed, set_failed] = useState<string | null>(null)
  const [taken, set_taken] = useState<TakenBack | null>(null)
  const open = async () => {
    if (opening || !file) return
    set_failed(null)
    set_opening(true)
    await take_back(file.text, password).then(set_taken, (error: unknown) =>
      set_failed((error as { code?: string } | null)?.code ?? 'other'),
    )
    set_opening(false)
  }
  const choose = async (chosen: File | undefined) => {
    set_failed(null)
    set_file(chosen ? { name: chosen.name, text: await chosen.text() } : null)
  }
  const wrong = failed === 'wrong_password' ? t('error_wrong_password') : null
  if (taken) return <Taken taken={taken} onClose={onClose} />
  return (
    <Sheet title={t('take')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <p data-say="say_take_back">{t('take_what')}</p>
        <label class={`button ${file ? 'plain' : 'main'} file-input`}>
          <Icon name="file" />
          <span>{file?.name ?? t('choose')}</span>
          <input
            class="unseen"
            type="file"
            accept=".txt,text/plain,.json"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? []
              choose(chosen).catch(() => set_failed('other'))
            }}
          />
        </label>
        {file && !is_plain(file.text) && (
          <PasswordField
            label={t('password')}
            wrong={wrong}
            value={password}
            onChange={set_password}
            autocomplete="off"
          />
        )}
        <div role="alert">
          {failed && !wrong && (
            <Banner tone="bad" icon="alert">
              {t_code('error', failed) ?? t('error_other')}
            </Banner>
          )}
        </div>
        {file && (
          <Button submit kind="main" icon="check" disabled={opening}>
            {t(opening ? 'opening' : 'open')}
          </Button>
        )}
      </form>
    </Sheet>
  )
}

function Taken({
  taken: { name, taken, known, photos, waits_for },
  onClose,
}: {
  taken: TakenBack
  onClose: () => void
}) {
  return (
    <Sheet title={t('take')} onClose={onClose}>
      <div class="stack" aria-live="polite">
        <Banner tone="good" icon="check">
          {t(waits_for === 'here' ? 'taken_here' : 'taken_sign_in', { n: taken, name })}
        </Banner>
        {photos > 0 && <p>{t('photos', { n: photos })}</p>}
        {known > 0 && <p>{t('known', { n: known })}</p>}
      </div>
    </Sheet>
  )
}
