import { useState } from 'preact/hooks'
import { t, t_code } from '../../messages/reports.ts'
import { type ImportAsked, type ImportEntity, type SentFile, send_file } from '../../state/imports.ts'
import { StaffError } from '../../state/staff.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picks } from '../../ui/picks.tsx'
import { Failed } from '../failed.tsx'
import { Imports } from './import-list.tsx'
import { ImportLooked } from './import-look.tsx'
import { error_words } from './working.tsx'

const ENTITIES: readonly ImportEntity[] = ['sale', 'member']

/** A spreadsheet is chosen and sent; then one looks at what it would do. */
export function Import({ coop }: { coop: string }) {
  const [entity, set_entity] = useState<ImportEntity>('sale')
  const [sending, set_sending] = useState(false)
  const [sent, set_sent] = useState<(SentFile & { name: string }) | null>(null)
  const [failed, set_failed] = useState<unknown>(null)
  const [done, set_done] = useState(0)
  const choose = async (file: File) => {
    set_failed(null)
    set_sending(true)
    await send_file(file).then((answer) => set_sent({ ...answer, name: file.name }), set_failed)
    set_sending(false)
  }
  if (sent) {
    const asked: ImportAsked = { ...(coop && { coop }), file: sent.file, name: sent.name, entity, sheet: 0 }
    return (
      <ImportLooked
        first={asked}
        sheets={sent.sheets}
        onClose={() => {
          set_sent(null)
          set_done(done + 1)
        }}
      />
    )
  }
  return (
    <>
      <Picks
        label={t('import_what')}
        picks={ENTITIES.map((value) => ({ value, label: t(`import_${value}`) }))}
        value={entity}
        onChange={set_entity}
      />
      <label class="button main file-pick">
        <Icon name="file" />
        <span>{t(sending ? 'sending' : 'pick_file')}</span>
        <input
          type="file"
          class="unseen"
          accept=".xlsx,.csv,.txt,.tsv"
          disabled={sending}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            currentTarget.value = ''
            if (file) void choose(file)
          }}
        />
      </label>
      <Failed error={failed} words={file_words} />
      <Imports key={done} coop={coop} />
    </>
  )
}

/** What is wrong with the file as a whole, or with the way to the server. */
const file_words = (error: unknown): string =>
  (error instanceof StaffError &&
    t_code('file', (error.errors as { file?: string[] } | null)?.file?.[0] ?? '')) ||
  error_words(error)
