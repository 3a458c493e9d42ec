import '../../styles/reports.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/reports.ts'
import type { ExportAsked } from '../../state/exports.ts'
import { session } from '../../state/index.ts'
import { ExportButton } from './export-button.tsx'
import { DayFields } from './filters.tsx'
import { Import } from './import.tsx'

const LISTS = ['sales', 'listings', 'members', 'stock_entries', 'payments', 'needs', 'data'] as const

/** What goes out as files, and what comes in from spreadsheets. */
export default function Files({ coop = '', pick }: { coop?: string; pick?: ComponentChildren }) {
  const [days, set_days] = useState({ since: '', until: '' })
  const is_admin = session.value?.user.role === 'admin'
  const asked = (what: (typeof LISTS)[number]): ExportAsked =>
    what === 'sales' || what === 'stock_entries' ? { what, coop, ...days } : { what, coop }
  return (
    <>
      {pick && <div class="filters">{pick}</div>}
      <section class="card stack" aria-labelledby="export">
        <h2 id="export">{t('export_title')}</h2>
        <div class="filters">
          <DayFields days={days} onChange={set_days} />
        </div>
        <div class="acts">
          {LISTS.map((what) => (
            <ExportButton key={what} asked={asked(what)} label={t(`export_${what}`)} />
          ))}
        </div>
      </section>
      <section class="stack" aria-labelledby="import">
        <h2 id="import">{t('import_title')}</h2>
        {is_admin && !coop ? <p class="soft">{t('pick_coop')}</p> : <Import key={coop} coop={coop} />}
      </section>
    </>
  )
}
