import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { t as t_screens } from '../../messages/screens.ts'
import { t as t_staff } from '../../messages/staff.ts'
import {
  type Accounts,
  close_season,
  fetch_late,
  new_order_id,
  publish_month,
  type StaffSeason,
  write_season,
} from '../../state/staff_money.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { date, date_time, money } from '../../ui/format.ts'
import { Failed } from '../failed.tsx'
import { Part, PlainRow } from '../sums.tsx'
import { AskSheet, useAsking } from './ask-sheet.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { DayFields } from './filters.tsx'
import { error_words } from './money-words.ts'
import { this_day } from './words.ts'

/** Seasons, what came late for the last closed one, and what everybody may read. */
export function Seasons({ accounts: { seasons }, onChanged }: { accounts: Accounts; onChanged: () => void }) {
  const [edited, set_edited] = useState<StaffSeason | null>(null)
  const [closing, set_closing] = useState<StaffSeason | null>(null)
  const fresh = () => ({ id: new_order_id(), name: '', starts_on: this_day(), ends_on: '', closed: false })
  const finish = (changed: boolean) => {
    set_edited(null)
    set_closing(null)
    if (changed) onChanged()
  }
  return (
    <>
      <Part title={t('seasons')}>
        {seasons.length === 0 && <p class="soft">{t('seasons_none')}</p>}
        <ul class="plain-rows">
          {seasons.map((season) => (
            <PlainRow
              key={season.id}
              what={season.closed ? t('season_closed', { name: season.name }) : season.name}
              beside={`${date(season.starts_on)} – ${date(season.ends_on)}`}
            >
              {!season.closed && (
                <span class="tools">
                  <Button icon="pencil" onClick={() => set_edited(season)}>
                    {t('change')}
                  </Button>
                  {season.ends_on < this_day() && (
                    <Button icon="lock" onClick={() => set_closing(season)}>
                      {t('close_season')}
                    </Button>
                  )}
                </span>
              )}
            </PlainRow>
          ))}
        </ul>
        <Button icon="plus" onClick={() => set_edited(fresh())}>
          {t('add_season')}
        </Button>
      </Part>
      {seasons.some(({ closed }) => closed) && <Late />}
      <Publish />
      {edited && <SeasonSheet season={edited} onClose={finish} />}
      {closing && <CloseSheet season={closing} onClose={finish} />}
    </>
  )
}

function SeasonSheet({ season, onClose }: { season: StaffSeason; onClose: (changed: boolean) => void }) {
  const [name, set_name] = useState(season.name)
  const [days, set_days] = useState({ since: season.starts_on, until: season.ends_on })
  const said = { ...season, name: name.trim(), starts_on: days.since, ends_on: days.until }
  const missing = [
    said.name ? '' : t('season_name'),
    said.starts_on ? '' : t_staff('since'),
    said.ends_on ? '' : t_staff('until'),
  ].filter(Boolean)
  return (
    <AskSheet
      title={t('season')}
      action={t('save')}
      icon="check"
      lacks={missing.length > 0 ? t_screens('lacks', { what: missing.join(', ').toLowerCase() }) : null}
      words={error_words}
      work={() => write_season(said)}
      onDone={() => onClose(true)}
      onClose={() => onClose(false)}
    >
      <Field label={t('season_name')} value={name} onChange={set_name} />
      <DayFields days={days} onChange={set_days} />
    </AskSheet>
  )
}

const CloseSheet = ({ season, onClose }: { season: StaffSeason; onClose: (changed: boolean) => void }) => (
  <AskSheet
    title={t('close_season')}
    action={t('close_now')}
    icon="lock"
    words={error_words}
    work={() => close_season(season.id)}
    onDone={() => onClose(true)}
    onClose={() => onClose(false)}
  >
    <p>{t('close_why', { name: season.name, day: date(season.ends_on) })}</p>
  </AskSheet>
)

function Late() {
  const late = useFetched(fetch_late, '')
  return (
    <Part title={t('late')}>
      <p class="soft">{t('late_why')}</p>
      <ShownKept fetched={late}>
        {({ items }) => (
          <ul class="plain-rows">
            {items.length === 0 && <li class="soft">{t('late_none')}</li>}
            {items.map(({ id, member_name, what, day, why, effect_vnd }) => (
              <PlainRow
                key={id}
                what={what}
                beside={[t(`late_${why}`), member_name, date_time(day)].filter(Boolean).join(' · ')}
                vnd={effect_vnd}
              />
            ))}
          </ul>
        )}
      </ShownKept>
    </Part>
  )
}

function Publish() {
  const [month, set_month] = useState(this_day().slice(0, 7))
  const [done, set_done] = useState<{ owed_vnd: number; sold_vnd: number } | null>(null)
  const asking = useAsking()
  const publish = () => {
    set_done(null)
    void asking.run(async () => set_done((await publish_month(month)).items[0] ?? null))
  }
  return (
    <Part title={t('publish')}>
      <p class="soft">{t('publish_why')}</p>
      <Field label={t('month')} value={month} onChange={set_month} input={{ type: 'month' }} />
      <Button icon="share" disabled={asking.running || !/^\d{4}-\d\d$/.test(month)} onClick={publish}>
        {t('publish_now')}
      </Button>
      {done && (
        <Banner tone="good" icon="check">
          {t('published', { sold: money(done.sold_vnd), owed: money(done.owed_vnd) })}
        </Banner>
      )}
      <Failed error={asking.failed} words={error_words} />
    </Part>
  )
}
