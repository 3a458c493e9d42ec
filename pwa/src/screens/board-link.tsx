import '../styles/board_link.css'
import { t } from '../messages/screens.ts'
import { watch_news } from '../state/board_news.ts'
import { sell_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { href } from '../ui/router.ts'
import { useWatch } from './watching.ts'

/** Leads from selling to the board, with a dot while something there was not looked at. */
function BoardLink() {
  const has_news = useWatch(watch_news, '').value.value === true
  return (
    <a class="back board-link" href={href('board')} aria-label={t(has_news ? 'board_news' : 'board')}>
      <Icon name="board" />
      {has_news && <span class="dot" />}
    </a>
  )
}

sell_tool.value = BoardLink
