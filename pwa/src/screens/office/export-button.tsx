import '../../styles/reports.css'
import { useRef, useState } from 'preact/hooks'
import { t } from '../../messages/reports.ts'
import { type ExportAsked, type ExportFormat, make_export, type PrivateField } from '../../state/exports.ts'
import { download } from '../../state/file.ts'
import { session } from '../../state/index.ts'
import type { Step } from '../../state/steps.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Picks } from '../../ui/picks.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Failed } from '../failed.tsx'
import { error_words, Working } from './working.tsx'

const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv', 'json']
/** What an admin may ask for beside what everybody gets. */
const PRIVATE: Partial<Record<ExportAsked['what'], readonly PrivateField[]>> = {
  sales: ['buyer_name'],
  members: ['phone', 'ethnic_group'],
  data: ['buyer_name', 'phone', 'ethnic_group'],
}

/** Opens the sheet on which a file of what is shown is made. */
export function ExportButton({ asked, label }: { asked: ExportAsked; label?: string }) {
  const [open, set_open] = useState(false)
  return (
    <>
      <Button icon="download" onClick={() => set_open(true)}>
        {label ?? t('download')}
      </Button>
      {open && <ExportSheet asked={asked} title={label ?? t('download')} onClose={() => set_open(false)} />}
    </>
  )
}

function ExportSheet({ asked, title, onClose }: { asked: ExportAsked; title: string; onClose: () => void }) {
  const [format, set_format] = useState<ExportFormat>(asked.what === 'data' ? 'sqlite' : 'xlsx')
  const [chosen, set_chosen] = useState<readonly PrivateField[]>([])
  const [step, set_step] = useState<Step | 'begins' | null>(null)
  const [made, set_made] = useState<{ file: File; rows: number } | null>(null)
  const [failed, set_failed] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)
  const make = async () => {
    stop.current = new AbortController()
    set_failed(null)
    set_step('begins')
    let rows = 0
    const on_step = (told: Step) => {
      rows = told.rows
      set_step(told)
    }
    await make_export(asked, format, chosen, on_step, stop.current.signal).then(
      (file) => set_made({ file, rows }),
      set_failed,
    )
    set_step(null)
  }
  const close = () => {
    stop.current?.abort()
    onClose()
  }
  const is_admin = session.value?.user.role === 'admin'
  return (
    <Sheet title={title} onClose={close}>
      {made ? (
        <>
          <Banner tone="good" icon="check">
            {t('made', { n: made.rows })}
          </Banner>
          <Button kind="main" icon="download" onClick={() => download(made.file)}>
            {t('save_file')}
          </Button>
        </>
      ) : step ? (
        <Working step={step === 'begins' ? null : step} words="making" onStop={() => stop.current?.abort()} />
      ) : (
        <>
          {asked.what !== 'data' && (
            <Picks
              label={t('format')}
              picks={FORMATS.map((value) => ({ value, label: t(`format_${value}`) }))}
              value={format}
              onChange={set_format}
            />
          )}
          {is_admin && PRIVATE[asked.what] && (
            <PrivateFields fields={PRIVATE[asked.what] ?? []} chosen={chosen} onChange={set_chosen} />
          )}
          <Failed error={failed} words={error_words} />
          <Button kind="main" icon="file" onClick={() => void make()}>
            {t('make_file')}
          </Button>
        </>
      )}
    </Sheet>
  )
}

function PrivateFields(props: {
  fields: readonly PrivateField[]
  chosen: readonly PrivateField[]
  onChange: (chosen: readonly PrivateField[]) => void
}) {
  const { fields, chosen, onChange } = props
  return (
    <fieldset class="checks">
      <legend>{t('private')}</legend>
      <small>{t('private_why')}</small>
      {fields.map((field) => (
        <label class="check" key={field}>
          <input
            type="checkbox"
            checked={chosen.includes(field)}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? [...chosen, field] : chosen.filter((other) => other !== field))
            }
          />
          {t(`private_${field}`)}
        </label>
      ))}
    </fieldset>
  )
}
