// The words of the page. What the broker reports, such as reasons and fixes, is English.

const EN = {
  d: 'd', h: 'h', min: 'min', s: 's', perSecond: 'rows/s',
  skip: 'Skip to content', language: '中文', languageCode: 'zh', group: 'Group', allGroups: 'All groups',
  sections: 'Sections', numbers: 'Figures',
  now: 'Now', tables: 'Tables', events: 'Events', configuration: 'Configuration',
  connecting: 'Connecting to the broker',
  lost: (time, seconds) => `No connection to the broker since ${time} (${seconds}). Trying again.`,
  lostHint: 'What you see below is from before. The broker may be restarting.',
  back: seconds => `Connected again after ${seconds}.`,
  refusal: 'The broker does not answer as expected; its log may have the reason.',
  works: (group, host) => `${group} works on ${host}`,
  figures: (behind, rate) => `, ${behind} behind, ${rate} rows/s`,
  isPaused: (group, host) => `${group} is paused on ${host}`,
  paused: 'The delivery is paused.',
  pausedFix: group => `Resume it: POST /api/v1/groups/${group}/actions/resume   (docs/http.md)`,
  worksNot: (group, host) => `${group} does not work on ${host}`,
  standsBy: (group, host) => `${group} stands by on ${host}`,
  standsByHint: 'Another broker is the master of this group and delivers its changes. Figures and tables are shown there.',
  needsYou: n => n === 1 ? 'One thing needs you.' : `${n} things need you.`,
  allWell: 'Nothing needs you.',
  committedUpTo: 'Delivered and committed up to', nothingCommitted: 'Nothing has been committed yet.',
  worksCount: (good, all) => `${good} of ${all} groups work`,
  fix: 'fix: ',
  parked: (table, place) => `${table} is parked from ${place}.`,
  parkedFix: group => `Remove the cause, stop the broker, and let the table continue with\nbinlogbroker position set -g ${group} ...   (docs/catalogue.md, "Parked tables")`,
  parkedRows: n => `${n} rows of parked tables were skipped.`,
  refused: revision => `Revision ${revision} of the configuration is refused; the one before stays in force.`,
  refusedFix: 'Correct the configuration; binlogbroker config validate checks it.',
  gap: n => n === 1 ? 'A lost position was replaced: changes may be missing.' : `${n} lost positions were replaced: changes may be missing.`,
  gapFix: 'See the events for the places, and copy the tables again where rows are missing (binlogbroker snapshot start).',
  statements: n => n === 1 ? 'A change in statement format was skipped: it has no rows in the log.' : `${n} changes in statement format were skipped: they have no rows in the log.`,
  statementsFix: 'Set binlog_format=ROW for all sessions of the source, and copy the tables that the events name.',
  failures: n => n === 1 ? 'There was an internal error.' : `There were ${n} internal errors.`,
  failuresFix: 'Report it with the log file, which has the stack trace.',
  snapshotFailed: table => `The snapshot of ${table} failed.`,
  snapshotFix: (group, table) => `Remove the cause, then\nbinlogbroker snapshot start -g ${group} ${table}`,
  purgeSoon: time => `The source may purge what is not delivered yet in ${time}.`,
  purgeFix: setting => `Let the broker catch up, or keep the log for longer: ${setting}`,
  behind: 'Behind the source', delivered: 'Delivered', lastEvent: 'Last event', purge: 'Purged at the source in',
  ofLog: 'of log', maxHour: time => `max ${time} in the last hour`, sinceStart: n => `${n} rows since the start`,
  agoSuffix: ' ago', uncommitted: time => `oldest uncommitted change read ${time} ago`, nothingUncommitted: 'everything read is committed',
  atEarliest: 'at the earliest', unknown: 'not known', purgesNone: 'not known, or it purges none',
  lagChart: 'Lag, last hour', seconds: 'seconds', rateChart: 'Delivered, last hour',
  lagLabel: (min, max) => `Lag between ${min} and ${max} in the last hour`,
  rateLabel: (min, max) => `Between ${min} and ${max} rows per second in the last hour`,
  noHistory: 'No samples yet. The history begins when this broker becomes master.',
  hosts: 'Brokers and source', master: 'master', slave: 'slave', thisBroker: 'this page',
  since: time => `since ${time}`, leaseHeld: 'holds the lock of the group', leaseOther: 'watches the lock of the group',
  otherBroker: (time) => `seen in the events, ${time} ago`,
  working: 'working', standing: 'standing by', failing: 'not working', connected: 'connected', next: 'next in turn',
  notConnected: 'not connected', metadata: 'column names in the log',
  table: 'Table', topic: 'Topic', key: 'Key', state: 'State', insert: 'Inserts', update: 'Updates', delete: 'Deletes', rows: 'Rows',
  search: 'Search tables and topics', tableCount: n => n === 1 ? 'one table' : `${n} tables`, noTables: 'No table matches.',
  sinceStartNote: 'Rows since the process started.', showAll: n => `Show all ${n}`,
  streaming: 'streaming', notDelivered: 'not delivered', parkedTag: 'parked', standbyTag: 'on the master',
  snapshot: {reading: 'snapshot', paused: 'snapshot paused', complete: 'snapshot complete', cancelled: 'snapshot cancelled', failed: 'snapshot failed'},
  copied: (rows, all) => all ? `${rows} of about ${all} rows` : `${rows} rows`, waitsFor: 'waits for',
  noEvents: 'No events yet.', moreEvents: n => `Show all ${n}`, times: n => `${n} times`,
  severity: {info: 'information', warn: 'warning', error: 'error'},
  revision: n => `revision ${n}`, show: 'Show the configuration; what may be secret is ***',
  role: 'Role',
};

const ZH = {
  ...EN,
  d: '天', h: '小时', min: '分', s: '秒', perSecond: '行/秒',
  skip: '跳到正文', language: 'English', languageCode: 'en', group: '组', allGroups: '所有组',
  sections: '页面导航', numbers: '指标',
  now: '当前', tables: '表', events: '事件', configuration: '配置',
  connecting: '正在连接 broker',
  lost: (time, seconds) => `自 ${time} 起与 broker 断开(${seconds}),正在重试。`,
  lostHint: '以下是断开之前的数据。broker 可能正在重启。',
  back: seconds => `断开 ${seconds}后已恢复连接。`,
  refusal: 'broker 的应答不符合预期,原因可能在它的日志里。',
  works: (group, host) => `${group} 正在 ${host} 上运行`,
  figures: (behind, rate) => `,落后 ${behind},每秒 ${rate} 行`,
  isPaused: (group, host) => `${group} 在 ${host} 上已暂停`,
  paused: '投递已暂停。',
  pausedFix: group => `恢复:POST /api/v1/groups/${group}/actions/resume   (docs/http.md)`,
  worksNot: (group, host) => `${group} 在 ${host} 上不能正常工作`,
  standsBy: (group, host) => `${group} 在 ${host} 上待命`,
  standsByHint: '本组的主节点在另一个 broker 上,由它投递变更;指标和表请在那里查看。',
  needsYou: n => `有 ${n} 件事需要处理。`,
  allWell: '没有需要处理的事。',
  committedUpTo: '已投递并提交到', nothingCommitted: '尚未提交任何变更。',
  worksCount: (good, all) => `${all} 个组中有 ${good} 个正常`,
  fix: '处理:',
  parked: (table, place) => `${table} 从 ${place} 起被搁置。`,
  parkedFix: group => `消除原因后停止 broker,再用下面的命令让该表继续:\nbinlogbroker position set -g ${group} ...   (docs/catalogue.md, "Parked tables")`,
  parkedRows: n => `已跳过被搁置表的 ${n} 行。`,
  refused: revision => `配置修订 ${revision} 被拒绝,之前的修订继续生效。`,
  refusedFix: '修正配置;可用 binlogbroker config validate 检查。',
  gap: n => `有 ${n} 次丢失的位点被替换:可能缺少变更。`,
  gapFix: '位置见事件;缺行的表请重新复制(binlogbroker snapshot start)。',
  statements: n => `跳过了 ${n} 个语句格式的变更:日志里没有它们的行。`,
  statementsFix: '让源库的所有会话使用 binlog_format=ROW,并重新复制事件中提到的表。',
  failures: n => `发生了 ${n} 次内部错误。`,
  failuresFix: '请附上日志文件报告此问题,其中有堆栈。',
  snapshotFailed: table => `${table} 的快照失败。`,
  snapshotFix: (group, table) => `消除原因后执行\nbinlogbroker snapshot start -g ${group} ${table}`,
  purgeSoon: time => `源库可能在 ${time}后清除尚未投递的日志。`,
  purgeFix: setting => `让 broker 追上,或延长日志保留时间:${setting}`,
  behind: '落后源库', delivered: '投递', lastEvent: '最近事件', purge: '源库清除日志还有',
  ofLog: '日志', maxHour: time => `最近一小时最大 ${time}`, sinceStart: n => `启动以来 ${n} 行`,
  agoSuffix: '前', uncommitted: time => `最早的未提交变更读于 ${time}前`, nothingUncommitted: '已读的变更全部提交',
  atEarliest: '最早', unknown: '未知', purgesNone: '未知,或源库不清除',
  lagChart: '延迟,最近一小时', seconds: '秒', rateChart: '投递,最近一小时',
  lagLabel: (min, max) => `最近一小时延迟在 ${min} 到 ${max} 之间`,
  rateLabel: (min, max) => `最近一小时每秒 ${min} 到 ${max} 行`,
  noHistory: '还没有采样。本 broker 成为主节点后开始记录。',
  hosts: 'broker 与源库', master: '主节点', slave: '备节点', thisBroker: '本页',
  since: time => `已 ${time}`, leaseHeld: '持有本组的锁', leaseOther: '监视本组的锁',
  otherBroker: time => `见于事件,${time}前`,
  working: '正常', standing: '待命', failing: '异常', connected: '已连接', next: '备选', notConnected: '未连接', metadata: '日志中的列名',
  table: '表', topic: '主题', key: '键', state: '状态', insert: '插入', update: '更新', delete: '删除', rows: '行数',
  search: '搜索表和主题', tableCount: n => `${n} 张表`, noTables: '没有匹配的表。',
  sinceStartNote: '行数自进程启动起统计。', showAll: n => `显示全部 ${n} 张`,
  streaming: '同步中', notDelivered: '不投递', parkedTag: '已搁置', standbyTag: '在主节点上',
  snapshot: {reading: '快照', paused: '快照已暂停', complete: '快照完成', cancelled: '快照已取消', failed: '快照失败'},
  copied: (rows, all) => all ? `约 ${all} 行中的 ${rows} 行` : `${rows} 行`, waitsFor: '等待',
  noEvents: '还没有事件。', moreEvents: n => `显示全部 ${n} 条`, times: n => `${n} 次`,
  severity: {info: '信息', warn: '警告', error: '错误'},
  revision: n => `修订 ${n}`, show: '显示配置;可能是机密的内容显示为 ***',
  role: '角色',
};

const KEY = 'binlogbroker.language';
let current = stored() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** A browser may forbid storage. */
function stored() {
  try {
    const code = localStorage.getItem(KEY);
    return code === 'zh' || code === 'en' ? code : null;
  } catch (e) {
    return null;
  }
}

export const words = () => current === 'zh' ? ZH : EN;
export const language = () => current === 'zh' ? 'zh-CN' : 'en';

export function speak(code) {
  current = code;
  try {
    localStorage.setItem(KEY, code);
  } catch (e) {
    // The choice lasts until the page is closed.
  }
}
