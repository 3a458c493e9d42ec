import '../../styles/empty.css'
import '../../styles/screens.css'
import '../../styles/sheet.css'
import '../../styles/staff.css'
import '../../ui/more_icons.ts'
import { useState } from 'preact/hooks'
import { t } from '../../messages/staff.ts'
import { fetch_coops } from '../../state/staff.ts'
import { lazy } from '../../ui/lazy.tsx'
import { href, route } from '../../ui/router.ts'
import { Page, Tabs } from '../frame.tsx'
import { HelpTool } from '../help-mark.tsx'
import { useFetched } from '../office/fetched.tsx'
import { SelectField } from '../office/filters.tsx'
import { useCurrentInView } from '../office/in-view.ts'
import { History } from '../office/reviews/history.tsx'
import { Reviews } from '../office/reviews/queue.tsx'
import { MergedSales } from './sales.tsx'

const Board = lazy(() => import('./board.tsx')).part((module) => module.default)
const People = lazy(() => import('./people.tsx')).part((module) => module.default)
const Money = lazy(() => import('./money.tsx')).part((module) => module.default)
const Reports = lazy(() => import('../office/reports.tsx')).part((module) => module.default)
const Files = lazy(() => import('../office/files.tsx')).part((module) => module.default)
const Voices = lazy(() => import('../office/recorder.tsx')).part((module) => module.default)

/** The province: merged sales of all co-operatives, what needs a look, and the co-operatives themselves. */
export function Province() {
  const coops = useFetched(fetch_coops, '')
  const [coop, set_coop] = useState('')
  const [section = 'sales', entity = '', id = '', of_coop = ''] = route.value
  useCurrentInView('.tabs', section)
  const coop_name = (id: string): string => coops.value?.find((known) => known.id === id)?.name ?? '–'
  if (section === 'history')
    return (
      <History entity={entity} id={id} coop={of_coop} back={href(entity === 'sale' ? 'sales' : 'reviews')} />
    )
  const pick = (
    <SelectField
      label={t('coop')}
      value={coop}
      options={[
        { value: '', label: t('all_coops') },
        ...(coops.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={set_coop}
    />
  )
  return (
    <>
      {section === 'reviews' ? (
        <Page title={t('reviews')} wide tool={HelpTool}>
          <Reviews coop={coop} pick={pick} coop_name={coop_name} />
        </Page>
      ) : section === 'coops' ? (
        <Page title={t('coops')} wide tool={HelpTool}>
          <People fetched={coops} />
        </Page>
      ) : section === 'board' ? (
        <Page title={t('board')} wide tool={HelpTool}>
          <Board coop={coop} pick={pick} coops={coops.value ?? []} />
        </Page>
      ) : section === 'money' ? (
        <Page title={t('money')} wide tool={HelpTool}>
          <Money coop={coop} pick={pick} />
        </Page>
      ) : section === 'reports' ? (
        <Page title={t('reports')} wide tool={HelpTool}>
          <Reports coop={coop} pick={pick} />
        </Page>
      ) : section === 'files' ? (
        <Page title={t('files')} wide tool={HelpTool}>
          <Files coop={coop} pick={pick} />
        </Page>
      ) : section === 'voices' ? (
        <Page title={t('voices')} wide tool={HelpTool}>
          <Voices />
        </Page>
      ) : (
        <Page title={t('sales')} wide tool={HelpTool}>
          <MergedSales coop={coop} pick={pick} coop_name={coop_name} />
        </Page>
      )}
      <Tabs
        tabs={[
          { to: 'sales', icon: 'book', label: t('sales') },
          { to: 'reviews', icon: 'eye', label: t('reviews') },
          { to: 'coops', icon: 'people', label: t('coops') },
          { to: 'board', icon: 'board', label: t('board') },
          { to: 'money', icon: 'cash', label: t('money') },
          { to: 'reports', icon: 'week', label: t('reports') },
          { to: 'files', icon: 'file', label: t('files') },
          { to: 'voices', icon: 'voice', label: t('voices') },
        ]}
      />
    </>
  )
}
