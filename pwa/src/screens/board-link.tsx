import '../styles/board_link.css'
import { t } from '../messages/screens.ts'
import { news } from '../state/board_news.ts'
import { sell_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { href } from '../ui/router.ts'

/** Leads from selling to the board, with a dot while something there was not looked at. */
function BoardLink() {
  return (
    <a class="back board-link" href={href('board')} aria-label={t(news.value ? 'board_news' : 'board')}>
      <Icon name="board" />
      {news.value && <span class="dot" />}
    </a>
  )
}

sell_tool.value = BoardLink
