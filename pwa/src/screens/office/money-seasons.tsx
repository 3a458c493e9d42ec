import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
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
import { Money } from '../../ui/money.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Shown, useFetched } from './fetched.tsx'
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
      <section class="stack">
        <h2>{t('seasons')}</h2>
        {seasons.length === 0 && <p class="soft">{t('seasons_none')}</p>}
        <ul class="plain-rows">
          {seasons.map((season) => (
            <li key={season.id}>
              <span>
                {season.closed ? t('season_closed', { name: season.name }) : season.name}
                <small class="soft">
                  {date(season.starts_on)} – {date(season.ends_on)}
                </small>
              </span>
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
            </li>
          ))}
        </ul>
        <Button icon="plus" onClick={() => set_edited(fresh())}>
          {t('add_season')}
        </Button>
      </section>
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
  const [failed, set_failed] = useState<unknown>(null)
  const said = { ...season, name: name.trim(), starts_on: days.since, ends_on: days.until }
  const lacks = !said.name || !said.starts_on || !said.ends_on
  return (
    <Sheet title={t('season')} onClose={() => onClose(false)}>
      <Field label={t('season_name')} value={name} onChange={set_name} />
      <DayFields days={days} onChange={set_days} />
      <Button
        kind="save"
        icon="check"
        disabled={lacks}
        onClick={() => write_season(said).then(() => onClose(true), set_failed)}
      >
        {t('save')}
      </Button>
      {failed !== null && (
        <Banner tone="bad" icon="alert">
          {error_words(failed)}
        </Banner>
      )}
    </Sheet>
  )
}

function CloseSheet({ season, onClose }: { season: StaffSeason; onClose: (changed: boolean) => void }) {
  const [failed, set_failed] = useState<unknown>(null)
  return (
    <Sheet title={t('close_season')} onClose={() => onClose(false)}>
      <p>{t('close_why', { name: season.name, day: date(season.ends_on) })}</p>
      <Button
        kind="save"
        icon="lock"
        onClick={() => close_season(season.id).then(() => onClose(true), set_failed)}
      >
        {t('close_now')}
      </Button>
      {failed !== null && (
        <Banner tone="bad" icon="alert">
          {error_words(failed)}
        </Banner>
      )}
    </Sheet>
  )
}

function Late() {
  const late = useFetched(fetch_late, '')
  return (
    <section class="stack">
      <h2>{t('late')}</h2>
      <p class="soft">{t('late_why')}</p>
      <Shown fetched={late}>
        {({ answer: { items } }) => (
          <ul class="plain-rows">
            {items.length === 0 && <li class="soft">{t('late_none')}</li>}
            {items.map(({ id, member_name, what, day, why, effect_vnd }) => (
              <li key={id}>
                <span>
                  {what}
                  <small class="soft">
                    {[t(`late_${why}`), member_name, date_time(day)].filter(Boolean).join(' · ')}
                  </small>
                </span>
                <Money vnd={effect_vnd} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  )
}

function Publish() {
  const [month, set_month] = useState(this_day().slice(0, 7))
  const [done, set_done] = useState<{ owed_vnd: number; sold_vnd: number } | null>(null)
  const [failed, set_failed] = useState<unknown>(null)
  const publish = () => {
    set_done(null)
    set_failed(null)
    publish_month(month).then(({ items: [summary] }) => set_done(summary ?? null), set_failed)
  }
  return (
    <section class="stack">
      <h2>{t('publish')}</h2>
      <p class="soft">{t('publish_why')}</p>
      <Field label={t('month')} value={month} onChange={set_month} input={{ type: 'month' }} />
      <Button icon="share" disabled={!/^\d{4}-\d\d$/.test(month)} onClick={publish}>
        {t('publish_now')}
      </Button>
      {done && (
        <Banner tone="good" icon="check">
          {t('published', { sold: money(done.sold_vnd), owed: money(done.owed_vnd) })}
        </Banner>
      )}
      {failed !== null && (
        <Banner tone="bad" icon="alert">
          {error_words(failed)}
        </Banner>
      )}
    </section>
  )
}
