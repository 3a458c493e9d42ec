import { useState } from 'preact/hooks'
import { t } from '../../messages/reports.ts'
import { fetch_imports, type Taken, undo_import } from '../../state/imports.ts'
import type { Step } from '../../state/steps.ts'
import { Button } from '../../ui/button.tsx'
import { date_time, money } from '../../ui/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Failed } from '../failed.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { type Column, Table } from './table.tsx'
import { error_words, Working } from './working.tsx'

/** What was taken from spreadsheets, and the way to take it back. */
export function Imports({ coop }: { coop: string }) {
  const fetched = useFetched(() => fetch_imports(coop), coop)
  const [undoing, set_undoing] = useState<Taken | null>(null)
  return (
    <section class="stack" aria-labelledby="imports">
      <h3 id="imports">{t('imports')}</h3>
      <ShownKept fetched={fetched}>
        {(items) =>
          items.length === 0 ? (
            <p class="soft">{t('no_imports')}</p>
          ) : (
            <Table
              label={t('imports')}
              columns={columns(set_undoing)}
              rows={items}
              row_key={({ id }) => id}
              row_class={({ undone_at }) => (undone_at ? 'gone' : '')}
            />
          )
        }
      </ShownKept>
      {undoing && (
        <UndoSheet
          taken={undoing}
          coop={coop}
          onClose={() => {
            set_undoing(null)
            fetched.again()
          }}
        />
      )}
    </section>
  )
}

const columns = (undo: (taken: Taken) => void): Column<Taken>[] => [
  { label: t('in_file'), kind: 'main', cell: ({ file_name }) => file_name },
  { label: t('import_what'), cell: ({ entity }) => t(`import_${entity}`) },
  { label: t('row'), cell: ({ rows }) => rows },
  {
    label: t('column_total_vnd'),
    cell: ({ entity, total_vnd }) => (entity === 'sale' ? money(total_vnd) : '–'),
  },
  { label: t('imported_at'), cell: ({ at }) => date_time(at) },
  {
    label: t('undo'),
    kind: 'actions',
    cell: (taken) =>
      taken.undone_at ? (
        <span class="soft">{t('undone')}</span>
      ) : (
        <Button icon="undo" onClick={() => undo(taken)}>
          {t('undo')}
        </Button>
      ),
  },
]

/** Asks once more, and says what taking it back means. */
export function UndoSheet({ taken, coop, onClose }: { taken: Taken; coop: string; onClose: () => void }) {
  const [step, set_step] = useState<Step | 'begins' | null>(null)
  const [failed, set_failed] = useState<unknown>(null)
  const undo = async () => {
    set_failed(null)
    set_step('begins')
    await undo_import(taken.id, coop, set_step).then(onClose, set_failed)
    set_step(null)
  }
  return (
    <Sheet title={t('undo_what', { name: taken.file_name })} onClose={onClose}>
      <p>{t('undo_why', { n: taken.rows })}</p>
      <Failed error={failed} words={error_words} />
      {step ? (
        <Working step={step === 'begins' ? null : step} words="making" />
      ) : (
        <Button kind="bad" icon="undo" onClick={() => void undo()}>
          {t('undo')}
        </Button>
      )}
    </Sheet>
  )
}
