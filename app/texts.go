package app

import "strings"

// Languages of the interface, in the order of the columns below.
var Languages = []string{"zh-Hant", "zh-Hans", "en"}

// texts is everything the page says: a key, then Traditional, Simplified and
// English. %s and %d are filled in by [say]. A test holds that no cell is empty.
var texts = map[string][3]string{
	"name":     {"批註 Pizhu", "批注 Pizhu", "Pizhu 批註"},
	"tagline":  {"在瀏覽器裡讀中文文章：繁簡對照、標記斷言、離線可用，資料只存在你的裝置。", "在浏览器里读中文文章：繁简对照、标记断言、离线可用，数据只存在你的设备。", "Read Chinese articles in the browser: switch scripts, mark claims, work offline. Nothing leaves your device."},
	"reading":  {"文章", "文章", "Article"},
	"noscript": {"標記與轉換需要 JavaScript 與 WebAssembly；文章本身不需要。", "标记与转换需要 JavaScript 与 WebAssembly；文章本身不需要。", "Tagging and conversion need JavaScript and WebAssembly; reading does not."},
	"boot-error": {"程式沒能啟動，文章仍可閱讀。請重新載入；若仍如此，請更新瀏覽器（需要 WebAssembly）。",
		"程序没能启动，文章仍可阅读。请重新加载；若仍如此，请更新浏览器（需要 WebAssembly）。", "The program could not start; the article can still be read. Reload the page, or update the browser (it needs WebAssembly)."},
	"skip": {"跳到文章", "跳到文章", "Skip to the article"},

	"articles":        {"文章清單", "文章列表", "Articles"},
	"articles-ours":   {"隨程式附上", "随程序附上", "With the program"},
	"articles-own":    {"你的檔案", "你的文件", "Your files"},
	"articles-none":   {"還沒有。按下方按鈕，或把文字、網頁、EPUB 檔案拖進頁面。", "还没有。按下方按钮，或把文字、网页、EPUB 文件拖进页面。", "None yet. Use the button below, or drop a text, web page or EPUB file on the page."},
	"open-file":       {"開啟檔案…", "打开文件…", "Open a file…"},
	"remove-article":  {"移除這篇文章", "移除这篇文章", "Remove this article"},
	"removed-article": {"已移除《%s》", "已移除《%s》", "Removed “%s”"},
	"own-missing":     {"這篇文章不在這台裝置上", "这篇文章不在这台设备上", "This article is not on this device"},
	"own-missing-do":  {"它可能是在別的瀏覽器開啟的。請重新開啟檔案，或從清單挑一篇。", "它可能是在别的浏览器打开的。请重新打开文件，或从列表挑一篇。", "It may have been opened in another browser. Open the file again, or choose an article from the list."},
	"drop-here":       {"放開以開啟文章", "松开以打开文章", "Drop to open the article"},
	"opened":          {"已開啟《%s》", "已打开《%s》", "Opened “%s”"},
	"chars":           {"%d 字", "%d 字", "%d characters"},
	"minutes":         {"約 %d 分鐘", "约 %d 分钟", "about %d min"},

	"script":         {"字形", "字形", "Script"},
	"script-source":  {"原文", "原文", "原文"},
	"script-zh-Hans": {"简", "简", "简"},
	"script-zh-Hant": {"繁", "繁", "繁"},
	"script-zh-TW":   {"臺", "臺", "臺"},
	"script-zh-HK":   {"港", "港", "港"},
	"title-source":   {"原文", "原文", "as written"},
	"title-zh-Hans":  {"簡體", "简体", "Simplified"},
	"title-zh-Hant":  {"繁體", "繁体", "Traditional"},
	"title-zh-TW":    {"臺灣正體", "台湾正体", "Taiwan"},
	"title-zh-HK":    {"香港繁體", "香港繁体", "Hong Kong"},
	"variant-":       {"語文未明", "语文未明", "variant unknown"},
	"variant-source": {"%s原文", "%s原文", "written in %s"},
	"script-now":     {"已切換為%s", "已切换为%s", "Now showing: %s"},
	"dictionary-failed": {"字典沒能載入，文章以原文顯示；閱讀與標記不受影響。", "字典没能加载，文章以原文显示；阅读与标记不受影响。",
		"The dictionary could not be loaded; the article is shown as written. Reading and tagging go on."},
	"retry": {"再試一次", "再试一次", "Try again"},

	"doubts":                 {"標示沒有把握的轉換", "标示没有把握的转换", "Dot uncertain conversions"},
	"doubts-found":           {"%d 個字沒有詞語可據，已加點標示", "%d 个字没有词语可据，已加点标示", "%d characters had no phrase to decide by; they are dotted"},
	"explain":                {"說明選取處的轉換", "说明选取处的转换", "Explain the conversion of the selection"},
	"explain-how":            {"先切換到另一種字形", "先切换到另一种字形", "Switch to another script first"},
	"explain-none":           {"選取處沒有轉換", "选取处没有转换", "Nothing was converted there"},
	"explain-uncertain":      {"沒有詞語可據，取最常用的", "没有词语可据，取最常用的", "No phrase decides; the usual one was taken"},
	"explain-phrase":         {"依詞語「%s」（%s）", "按词语“%s”（%s）", "Decided by the phrase “%s” (%s)"},
	"explain-character":      {"依單字（%s）", "按单字（%s）", "By the character alone (%s)"},
	"explain-candidates":     {"候選：%s", "候选：%s", "Candidates: %s"},
	"check-source":           {"檢查原文用字", "检查原文用字", "Check the source’s script"},
	"faults-found":           {"找到 %d 處可疑的用字", "找到 %d 处可疑的用字", "%d places look wrong"},
	"faults-none":            {"沒有發現可疑的用字。", "没有发现可疑的用字。", "Nothing looks wrong."},
	"corrected":              {"以訂正後的樣子閱讀（原文不變）", "以订正后的样子阅读（原文不变）", "Read as corrected (the source stays as it is)"},
	"tier-simplified-left":   {"殘留的簡體字（%d）", "残留的简体字（%d）", "Simplified left standing (%d)"},
	"tier-over-converted":    {"轉換過頭（%d）", "转换过头（%d）", "Converted too far (%d)"},
	"tier-regional":          {"地區字形（%d）", "地区字形（%d）", "Regional forms (%d)"},
	"reason-not-traditional": {"只見於簡體", "只见于简体", "Simplified only"},
	"reason-other-in-word":   {"這個詞不這樣寫", "这个词不这样写", "The word is written otherwise"},
	"reason-word":            {"當作「%s」", "当作“%s”", "should be “%s”"},
	"reason-foreign-name":    {"譯名慣用另一個字", "译名惯用另一个字", "Foreign names use another character"},
	"reason-known-mistake":   {"轉換軟體常犯的錯", "转换软件常犯的错", "A mistake converters make"},
	"reason-other-form":      {"異體字", "异体字", "A variant form"},

	"search":        {"搜尋", "搜索", "Search"},
	"search-hint":   {"搜尋正文、筆記（繁簡皆可）", "搜索正文、笔记（繁简皆可）", "Search text and notes"},
	"search-none":   {"找不到「%s」", "找不到“%s”", "Nothing found for “%s”"},
	"search-count":  {"%d／%d", "%d／%d", "%d of %d"},
	"search-next":   {"下一個", "下一个", "Next"},
	"search-prev":   {"上一個", "上一个", "Previous"},
	"search-tag":    {"全部標記…", "全部标记…", "Tag all…"},
	"search-tagged": {"已標記 %d 處為%s", "已标记 %d 处为%s", "Tagged %d places as %s"},
	"close":         {"關閉", "关闭", "Close"},

	"undo":        {"復原", "撤销", "Undo"},
	"redo":        {"重做", "重做", "Redo"},
	"undone":      {"已復原", "已撤销", "Undone"},
	"redone":      {"已重做", "已重做", "Redone"},
	"export-json": {"匯出 JSON", "导出 JSON", "Export JSON"},
	"export-all":  {"匯出全部文章的批註", "导出全部文章的批注", "Export every article’s annotations"},
	"exported":    {"已匯出 %d 則批註", "已导出 %d 条批注", "Exported %d annotations"},
	"with-text":   {"匯出時附上文章全文", "导出时附上文章全文", "Include the article’s text in exports"},
	"more":        {"更多", "更多", "More"},
	"settings":    {"設定", "设置", "Settings"},
	"help":        {"快速鍵", "快捷键", "Shortcuts"},
	"next":        {"下一則批註", "下一条批注", "Next annotation"},
	"previous":    {"上一則批註", "上一条批注", "Previous annotation"},
	"snap":        {"選取時對齊詞的邊界（按住 Alt 暫停）", "选取时对齐词的边界（按住 Alt 暂停）", "Selections settle on word edges (hold Alt to suspend)"},
	"note":        {"寫筆記", "写笔记", "Write a note"},
	"delete":      {"刪除", "删除", "Delete"},
	"deleted":     {"已刪除一則批註", "已删除一条批注", "Annotation deleted"},
	"leave":       {"離開", "离开", "Leave"},
	"panel":       {"批註", "批注", "Annotations"},
	"panel-open":  {"展開或收起批註", "展开或收起批注", "Show or hide the annotations"},
	"script-next": {"切換字形", "切换字形", "Next script"},

	"open":              {"開啟", "打开", "Open"},
	"stop":              {"停止", "停止", "Stop"},
	"stopped":           {"已停止", "已停止", "Stopped"},
	"change":            {"更改…", "更改…", "Change…"},
	"reading-file":      {"正在讀取「%s」…", "正在读取“%s”…", "Reading “%s”…"},
	"paste":             {"貼上文字或網頁…", "粘贴文字或网页…", "Paste text or a page…"},
	"pasted":            {"貼上的內容", "粘贴的内容", "Pasted text"},
	"paste-hint":        {"在這裡貼上文章、網頁的一段，或批註的 JSON。", "在这里粘贴文章、网页的一段，或批注的 JSON。", "Paste an article, part of a web page, or annotations as JSON here."},
	"article-info":      {"文章資訊", "文章信息", "About this article"},
	"info-title":        {"標題", "标题", "Title"},
	"info-author":       {"作者", "作者", "Author"},
	"info-source":       {"出處", "出处", "Source"},
	"info-date":         {"日期", "日期", "Date"},
	"info-variant":      {"原文語文", "原文语文", "Written in"},
	"encoding":          {"檔案編碼", "文件编码", "File encoding"},
	"encoding-again":    {"要改編碼，請再開啟一次檔案。", "要改编码，请再打开一次文件。", "To change it, open the file again."},
	"encoding-guess":    {"看不準這個檔案的編碼，暫以 %s 讀取。字若不對，請更改。", "看不准这个文件的编码，暂以 %s 读取。字若不对，请更改。", "The file’s encoding is uncertain; it was read as %s. Change it if the characters are wrong."},
	"encoding-utf-8":    {"UTF-8", "UTF-8", "UTF-8"},
	"encoding-utf-16le": {"UTF-16 LE", "UTF-16 LE", "UTF-16 LE"},
	"encoding-utf-16be": {"UTF-16 BE", "UTF-16 BE", "UTF-16 BE"},
	"encoding-gb18030":  {"GB18030（簡體）", "GB18030（简体）", "GB18030 (Simplified)"},
	"encoding-big5":     {"Big5（繁體）", "Big5（繁体）", "Big5 (Traditional)"},
	"move-up":           {"在清單中上移", "在列表中上移", "Move up the list"},
	"move-down":         {"在清單中下移", "在列表中下移", "Move down the list"},
	"moved-to":          {"第 %d 篇，共 %d 篇", "第 %d 篇，共 %d 篇", "Place %d of %d"},
	"remove-ask":        {"要移除《%s》和它的 %d 則批註嗎？", "要移除《%s》和它的 %d 条批注吗？", "Remove “%s” and its %d annotations?"},
	"keep-it":           {"保留", "保留", "Keep"},
	"export-with-text":  {"匯出文章與批註", "导出文章与批注", "Export with annotations"},

	"whole":            {"關於整篇文章", "关于整篇文章", "About the whole article"},
	"orphans":          {"失散 %d", "失散 %d", "Lost %d"},
	"attach":           {"附到這裡", "附到这里", "Attach here"},
	"attach-how":       {"在文章裡選取這段話現在的位置，再按「附到這裡」。", "在文章里选取这段话现在的位置，再按“附到这里”。", "Select where these words stand now, then choose “Attach here”."},
	"attached":         {"已附到選取的地方", "已附到选取的地方", "Attached to the selection"},
	"carry":            {"帶到新版本", "带到新版本", "Carry over to the new version"},
	"carry-offer":      {"《%s》有先前的版本，附有 %d 則批註。", "《%s》有先前的版本，附有 %d 条批注。", "There is an earlier version of “%s” with %d annotations."},
	"carry-look":       {"帶過來…", "带过来…", "Carry over…"},
	"carry-what":       {"《%s》的批註：%d 則在新版本裡找到了，%d 則沒有。沒找到的會列為失散，可以手動放回。", "《%s》的批注：%d 条在新版本里找到了，%d 条没有。没找到的会列为失散，可以手动放回。", "Annotations of “%s”: %d were found in the new version, %d were not. Those are listed as lost and can be put back by hand."},
	"carry-state":      {"結果", "结果", "Result"},
	"carry-before":     {"先前的版本", "先前的版本", "Earlier version"},
	"carry-after":      {"新版本", "新版本", "New version"},
	"carry-no":         {"不用", "不用", "Not now"},
	"carry-yes":        {"帶過來（%d）", "带过来（%d）", "Carry over (%d)"},
	"carried":          {"已帶過來 %d 則批註", "已带过来 %d 条批注", "Carried over %d annotations"},
	"found-same":       {"原處", "原处", "Same place"},
	"found-moved":      {"位置變了", "位置变了", "Moved"},
	"found-normalised": {"字形或標點變了", "字形或标点变了", "Script or punctuation changed"},
	"found-fuzzy":      {"文字略有更動", "文字略有更动", "Words changed a little"},
	"found-none":       {"失散", "失散", "Lost"},
	"and-more":         {"還有 %d 則", "还有 %d 条", "and %d more"},

	"import":                 {"匯入批註…", "导入批注…", "Import annotations…"},
	"import-what":            {"匯入「%s」會有這些變化。按下匯入之前，什麼都不會變動。", "导入“%s”会有这些变化。按下导入之前，什么都不会变动。", "Importing “%s” would do this. Nothing changes until you choose to import."},
	"import-brings":          {"會加入文章：%s", "会加入文章：%s", "It adds the articles: %s"},
	"import-adopt":           {"這台裝置沒有其中 %d 則的文章：把它們附到《%s》", "这台设备没有其中 %d 条的文章：把它们附到《%s》", "%d belong to articles that are not on this device: attach them to “%s”"},
	"import-no":              {"取消", "取消", "Cancel"},
	"import-yes":             {"匯入（%d）", "导入（%d）", "Import (%d)"},
	"import-nothing":         {"沒有可匯入的", "没有可导入的", "Nothing to import"},
	"import-writing":         {"正在存下 %d 則批註…", "正在存下 %d 条批注…", "Saving %d annotations…"},
	"import-failed":          {"無法匯入「%s」：%s", "无法导入“%s”：%s", "Cannot import “%s”: %s"},
	"imported":               {"已匯入 %d 則批註", "已导入 %d 条批注", "Imported %d annotations"},
	"import-new":             {"新的", "新的", "New"},
	"import-changed":         {"更新", "更新", "Updated"},
	"import-both":            {"兩邊都改過", "两边都改过", "Changed on both sides"},
	"import-lost":            {"找不到原文", "找不到原文", "Words not found"},
	"import-away":            {"文章不在這裡", "文章不在这里", "Article not here"},
	"import-same":            {"沒有變化", "没有变化", "No change"},
	"import-mended":          {"已修正", "已修正", "Mended"},
	"import-refused":         {"拒絕", "拒绝", "Refused"},
	"field-place":            {"位置", "位置", "Place"},
	"problem-not-json":       {"不是 JSON", "不是 JSON", "Not JSON"},
	"problem-too-large":      {"檔案太大", "文件太大", "The file is too large"},
	"problem-too-many":       {"批註太多，其餘略過", "批注太多，其余略过", "Too many annotations; the rest is left out"},
	"problem-too-deep":       {"巢狀太深", "嵌套太深", "Nested too deep"},
	"problem-too-long":       {"文字太長，已截短", "文字太长，已截短", "A text was too long and was cut"},
	"problem-not-text":       {"有無法辨識的字元", "有无法辨识的字符", "Unreadable characters"},
	"problem-not-annotation": {"不是認得的批註格式", "不是认得的批注格式", "Not a known format of annotations"},
	"problem-no-context":     {"沒有 W3C 註記的 @context", "没有 W3C 注记的 @context", "No W3C annotation @context"},
	"problem-bad-id":         {"識別碼不是一個 IRI", "识别码不是一个 IRI", "The id is not one IRI"},
	"problem-bad-type":       {"type 不對", "type 不对", "Wrong type"},
	"problem-bad-target":     {"沒有可用的 target", "没有可用的 target", "No usable target"},
	"problem-bad-body":       {"body 不對", "body 不对", "Wrong body"},
	"problem-both-bodies":    {"body 與 bodyValue 只能有一個", "body 与 bodyValue 只能有一个", "Both body and bodyValue"},
	"problem-bad-time":       {"時間格式不對", "时间格式不对", "Not a date-time"},
	"problem-bad-iri":        {"應為 IRI", "应为 IRI", "Should be an IRI"},
	"problem-bad-agent":      {"作者或產生者不對", "作者或产生者不对", "Wrong creator or generator"},
	"problem-bad-selector":   {"選擇器不完整", "选择器不完整", "Incomplete selector"},
	"problem-bad-span":       {"範圍不對", "范围不对", "Wrong range"},
	"problem-bad-facet":      {"欄位的值不對", "字段的值不对", "Wrong value of a field"},
	"problem-bad-link":       {"連結不是 http 或 https", "链接不是 http 或 https", "Not an http or https link"},
	"problem-bad-relation":   {"關聯不對", "关联不对", "Wrong relation"},
	"problem-bad-entry":      {"類型、文章或詞沒有名稱", "类型、文章或词没有名称", "A type, article or word without a name"},
	"problem-elsewhere":      {"內容在別的檔案裡", "内容在别的文件里", "It is in another file"},
	"problem-duplicate":      {"重複，已合併", "重复，已合并", "A duplicate; joined"},
	"problem-no-text":        {"檔案缺少原文，無法取得引文", "文件缺少原文，无法取得引文", "The file lacks the text"},
	"fault-duplicate-id":     {"識別碼重複", "识别码重复", "duplicate identities"},
	"fault-no-identity":      {"沒有識別碼", "没有识别码", "without identity"},
	"fault-says-nothing":     {"沒有內容", "没有内容", "saying nothing"},
	"fault-outside-text":     {"範圍超出文章", "范围超出文章", "outside the text"},
	"fault-empty-span":       {"範圍是空的", "范围是空的", "empty spans"},
	"fault-quote-moved":      {"引文位置變了", "引文位置变了", "quotes moved"},
	"fault-quote-lost":       {"引文找不到", "引文找不到", "quotes lost"},
	"fault-no-quote":         {"沒有引文", "没有引文", "without a quote"},
	"fault-dangling":         {"關聯的批註不在這裡", "关联的批注不在这里", "relations to nothing"},
	"fault-unknown-type":     {"類型不認得", "类型不认得", "unknown types"},

	"meter":           {"儲存空間", "存储空间", "Storage"},
	"meter-used":      {"批註用了 %s，共約 %s", "批注用了 %s，共约 %s", "Annotations use %s of about %s"},
	"meter-articles":  {"文章與離線副本用了 %s，還可用 %s", "文章与离线副本用了 %s，还可用 %s", "Articles and the offline copy use %s; %s are left"},
	"meter-persisted": {"瀏覽器已同意長期保存。", "浏览器已同意长期保存。", "The browser has agreed to keep everything."},
	"meter-evictable": {"空間不足時瀏覽器可能清除資料，請不時匯出。", "空间不足时浏览器可能清除数据，请不时导出。", "The browser may evict data when space runs out; export now and then."},
	"remind":          {"有 %d 則批註只在這個瀏覽器裡，還沒匯出過。", "有 %d 条批注只在这个浏览器里，还没导出过。", "%d annotations are in this browser alone and have not been exported."},
	"nearly-full":     {"批註的儲存空間快滿了（%d 則未匯出）。請匯出，再移除用不到的文章。", "批注的存储空间快满了（%d 条未导出）。请导出，再移除用不到的文章。", "Storage for annotations is nearly full (%d not exported). Export, then remove articles you no longer need."},
	"examine":         {"檢查儲存的資料", "检查保存的数据", "Check stored data"},
	"examining":       {"正在檢查…", "正在检查…", "Checking…"},
	"examined-well":   {"%d 則批註都完好", "%d 条批注都完好", "All %d annotations are sound"},
	"examined":        {"檢查了 %d 則批註：", "检查了 %d 条批注：", "Checked %d annotations:"},
	"repair":          {"修正 %d 則", "修正 %d 条", "Put %d right"},
	"repaired":        {"已修正 %d 則", "已修正 %d 条", "Put %d right"},

	"tag-as":     {"標記為", "标记为", "Tag as"},
	"tagged":     {"已標記為%s", "已标记为%s", "Tagged as %s"},
	"all":        {"全部", "全部", "All"},
	"empty":      {"還沒有批註", "还没有批注", "No annotations yet"},
	"empty-do":   {"在文章裡選取幾個字，再按下類型或數字鍵 1–9。", "在文章里选取几个字，再按下类型或数字键 1–9。", "Select a few words in the article, then choose a type or press 1–9."},
	"empty-type": {"這個類型還沒有批註", "这个类型还没有批注", "No annotations of this type"},
	"type":       {"類型", "类型", "Type"},
	"type-note":  {"未分類", "未分类", "Untyped"},
	"note-label": {"筆記", "笔记", "Note"},
	"note-hint":  {"為什麼重要？出處在哪裡？", "为什么重要？出处在哪里？", "Why does it matter? Where is it from?"},
	"orphan":     {"原文已找不到這段話", "原文已找不到这段话", "These words are no longer in the article"},

	"attribution":         {"出自", "出自", "Who says so"},
	"certainty":           {"把握", "把握", "How sure"},
	"certainty-":          {"未填", "未填", "Not said"},
	"certainty-fact":      {"事實", "事实", "Fact"},
	"certainty-plan":      {"計畫", "计划", "Plan"},
	"certainty-forecast":  {"預測", "预测", "Forecast"},
	"certainty-rumour":    {"傳聞", "传闻", "Rumour"},
	"quantity":            {"數量", "数量", "Quantity"},
	"unit":                {"單位", "单位", "Unit"},
	"compared":            {"與何者相比", "与何者相比", "Compared with"},
	"verdict":             {"查證", "查证", "Verdict"},
	"verdict-unchecked":   {"待查證", "待查证", "Unchecked"},
	"verdict-confirmed":   {"已證實", "已证实", "Confirmed"},
	"verdict-disputed":    {"有爭議", "有争议", "Disputed"},
	"verdict-false":       {"不實", "不实", "False"},
	"link":                {"依據連結", "依据链接", "Source link"},
	"link-bad":            {"連結須以 http:// 或 https:// 開頭", "链接须以 http:// 或 https:// 开头", "A link begins with http:// or https://"},
	"more-facets":         {"更多欄位", "更多字段", "More fields"},
	"suggestions":         {"建議", "建议", "Suggestions"},
	"suggest":             {"建議斷言", "建议断言", "Suggest claims"},
	"suggestion-of":       {"建議：%s", "建议：%s", "Suggested: %s"},
	"suggestions-found":   {"找到 %d 則建議", "找到 %d 条建议", "%d suggestions"},
	"accept":              {"採納", "采纳", "Accept"},
	"reject":              {"略過", "略过", "Reject"},
	"rejected":            {"已略過，不再建議", "已略过，不再建议", "Rejected; it will not come back"},
	"accept-all":          {"全部採納", "全部采纳", "Accept all"},
	"suggestions-dismiss": {"收起建議", "收起建议", "Hide suggestions"},

	"filter":          {"篩選與排序", "筛选与排序", "Filter and sort"},
	"filter-text":     {"在引文、筆記、出處裡找（繁簡皆可）", "在引文、笔记、出处里找（繁简皆可）", "Find in quotes, notes and sources"},
	"filter-verdict":  {"依查證篩選", "按查证筛选", "Filter by verdict"},
	"filter-who":      {"依出處篩選", "按出处筛选", "Filter by who says so"},
	"filter-sort":     {"排序", "排序", "Sort"},
	"filter-group":    {"分組", "分组", "Group"},
	"any-verdict":     {"查證：不限", "查证：不限", "Any verdict"},
	"any-who":         {"出自：不限", "出自：不限", "Anyone"},
	"who-none":        {"未註明出處", "未注明出处", "Nobody named"},
	"all-articles":    {"所有文章", "所有文章", "All articles"},
	"sort-":           {"依位置排序", "按位置排序", "By place"},
	"sort-time":       {"最近改動在前", "最近改动在前", "Latest change first"},
	"sort-type":       {"依類型排序", "按类型排序", "By type"},
	"sort-confidence": {"把握大的在前", "把握大的在前", "Surest first"},
	"group-":          {"不分組", "不分组", "No groups"},
	"group-type":      {"依類型分組", "按类型分组", "Group by type"},
	"group-verdict":   {"依查證分組", "按查证分组", "Group by verdict"},
	"group-who":       {"依出處分組", "按出处分组", "Group by who says so"},
	"group-article":   {"依文章分組", "按文章分组", "Group by article"},
	"empty-filter":    {"沒有符合的批註", "没有符合的批注", "Nothing matches"},
	"show-all":        {"顯示全部", "显示全部", "Show all"},
	"pick":            {"選取多則", "选取多条", "Select several"},
	"pick-one":        {"選取", "选取", "Select"},
	"pick-all":        {"全選", "全选", "All"},
	"picked":          {"已選 %d 則", "已选 %d 条", "%d selected"},
	"done":            {"完成", "完成", "Done"},
	"bulk-changed":    {"已更改 %d 則批註", "已更改 %d 条批注", "Changed %d annotations"},
	"deleted-many":    {"已刪除 %d 則批註", "已删除 %d 条批注", "Deleted %d annotations"},

	"export-as":            {"匯出為其他格式", "导出为其他格式", "Export in other formats"},
	"scope-article":        {"本文（%d）", "本文（%d）", "Article (%d)"},
	"scope-listed":         {"所列（%d）", "所列（%d）", "Listed (%d)"},
	"scope-all":            {"全部（%d）", "全部（%d）", "All (%d)"},
	"download":             {"下載", "下载", "Download"},
	"copy":                 {"複製", "复制", "Copy"},
	"share":                {"分享", "分享", "Share"},
	"copied":               {"已複製 %d 則批註", "已复制 %d 条批注", "Copied %d annotations"},
	"export-failed":        {"沒能匯出。請再試一次，或選擇下載。", "没能导出。请再试一次，或选择下载。", "That did not work. Try again, or download the file."},
	"export-left":          {"；%d 則的文章不在這台裝置上，沒有列入", "；%d 条的文章不在这台设备上，没有列入", "; %d left out, whose articles are not on this device"},
	"out-json":             {"JSON-LD", "JSON-LD", "JSON-LD"},
	"out-json-for":         {"W3C 網頁註記；可再匯入", "W3C 网页注释；可再导入", "W3C Web Annotation; can be imported again"},
	"out-markdown":         {"Markdown", "Markdown", "Markdown"},
	"out-markdown-for":     {"閱讀筆記，給 Obsidian 等筆記軟體", "阅读笔记，给 Obsidian 等笔记软件", "A reading note, for Obsidian and the like"},
	"out-html":             {"HTML", "HTML", "HTML"},
	"out-html-for":         {"文章連同標記，單一檔案，誰都能開", "文章连同标记，单一文件，谁都能开", "The article with its highlights, one file that anyone can open"},
	"out-csv":              {"CSV", "CSV", "CSV"},
	"out-csv-for":          {"試算表", "电子表格", "For a spreadsheet"},
	"out-doccano":          {"doccano（JSON Lines）", "doccano（JSON Lines）", "doccano (JSON Lines)"},
	"out-doccano-for":      {"文字標註，含關聯", "文字标注，含关联", "Sequence labelling, with relations"},
	"out-label-studio":     {"Label Studio", "Label Studio", "Label Studio"},
	"out-label-studio-for": {"標註任務與結果", "标注任务与结果", "Tasks with their annotations"},

	"overview":                 {"總覽", "总览", "Overview"},
	"overview-none":            {"還沒有斷言可看", "还没有断言可看", "No claims to show yet"},
	"overview-sum":             {"%d 則斷言，%d 篇文章，其中 %d 則已證實。點任何一處，就到那裡的斷言。", "%d 条断言，%d 篇文章，其中 %d 条已证实。点任何一处，就到那里的断言。", "%d claims · articles: %d · confirmed: %d. Press any mark to go to its claims."},
	"overview-where":           {"斷言在文章的哪裡", "断言在文章的哪里", "Where the claims stand"},
	"overview-verdicts":        {"類型與查證", "类型与查证", "Types and verdicts"},
	"overview-sources":         {"誰說了什麼", "谁说了什么", "Who claims what"},
	"overview-quantities":      {"數量並列", "数量并列", "Quantities side by side"},
	"overview-quantities-none": {"還沒有填上數量的斷言。", "还没有填上数量的断言。", "No claim has a quantity yet."},
	"overview-log":             {"對數尺度", "对数尺度", "logarithmic"},
	"overview-time":            {"文章日期", "文章日期", "By article date"},
	"undated":                  {"未註明日期", "未注明日期", "Undated"},
	"as-table":                 {"看表格", "看表格", "As a table"},
	"claims":                   {"%d 則斷言", "%d 条断言", "%d claims"},
	"print":                    {"列印", "打印", "Print"},
	"quote":                    {"引文", "引文", "Quote"},
	"date":                     {"日期", "日期", "Date"},

	"ask":                  {"請確認", "请确认", "Please confirm"},
	"delete-tied":          {"要刪除的批註與其他批註有 %d 個關聯，會一併移除。復原可以全部找回。", "要删除的批注与其他批注有 %d 个关联，会一并移除。撤销可以全部找回。", "%d relations with other annotations go with it. Undo brings everything back."},
	"relations":            {"關聯", "关联", "Relations"},
	"relations-count":      {"%d 個關聯", "%d 个关联", "%d relations"},
	"relate":               {"與另一則關聯…", "与另一条关联…", "Relate to another…"},
	"relate-pick":          {"請在清單或文中點選另一則批註。", "请在列表或文中点选另一条批注。", "Choose the other annotation in the list or in the text."},
	"relate-not":           {"不能這樣關聯：是同一則，或已有此關聯。", "不能这样关联：是同一条，或已有此关联。", "It is the same annotation, or already related."},
	"related":              {"已建立關聯", "已建立关联", "Related"},
	"unrelated":            {"已移除關聯", "已移除关联", "Relation removed"},
	"relation-remove":      {"移除關聯", "移除关联", "Remove the relation"},
	"relation-lost":        {"（不在這台裝置上）", "（不在这台设备上）", "(not on this device)"},
	"relation-supports":    {"支持", "支持", "supports"},
	"relation-contradicts": {"反駁", "反驳", "contradicts"},
	"relation-repeats":     {"重述", "重述", "repeats"},
	"relation-answers":     {"回應", "回应", "answers"},
	"related-supports":     {"獲支持：", "获支持：", "supported by"},
	"related-contradicts":  {"遭反駁：", "遭反驳：", "contradicted by"},
	"related-repeats":      {"被重述：", "被重述：", "repeated by"},
	"related-answers":      {"獲回應：", "获回应：", "answered by"},
	"arcs-shown":           {"文章邊上畫出關聯（共 %d 個）", "文章边上画出关联（共 %d 个）", "Relations are drawn beside the text (%d)"},

	"types":         {"斷言類型", "断言类型", "Claim types"},
	"kinds-do":      {"前九種以數字鍵 1–9 標記。按名稱修改；每一步都能復原。", "前九种以数字键 1–9 标记。按名称修改；每一步都能撤销。", "The first nine answer to the keys 1–9. Press a name to change it; every step can be undone."},
	"kind-new":      {"新類型的名稱", "新类型的名称", "Name of a new type"},
	"add":           {"新增", "添加", "Add"},
	"cancel":        {"取消", "取消", "Cancel"},
	"kind-up":       {"上移：%s", "上移：%s", "Move up: %s"},
	"kind-down":     {"下移：%s", "下移：%s", "Move down: %s"},
	"kind-added":    {"已新增類型「%s」", "已添加类型“%s”", "Added the type “%s”"},
	"kind-moved":    {"已移到第 %d 位", "已移到第 %d 位", "Moved to place %d"},
	"kind-changed":  {"類型已更新", "类型已更新", "Type changed"},
	"kind-merge":    {"併入…", "并入…", "Merge into…"},
	"kind-merged":   {"已併入「%s」", "已并入“%s”", "Merged into “%s”"},
	"kind-delete":   {"刪除類型", "删除类型", "Delete type"},
	"kind-deleted":  {"已刪除類型「%s」", "已删除类型“%s”", "Deleted the type “%s”"},
	"kind-ask":      {"有 %d 則批註屬於「%s」。刪除類型後，它們改為：", "有 %d 条批注属于“%s”。删除类型后，它们改为：", "%d annotations are of the type “%s”. Once it is deleted, make them:"},
	"kind-into":     {"這些批註改為", "这些批注改为", "Make these annotations"},
	"kind-untyped":  {"未分類（批註保留）", "未分类（批注保留）", "Untyped (kept)"},
	"kind-label":    {"名稱須為 1 到 40 個字。", "名称须为 1 到 40 个字。", "A name has 1 to 40 characters."},
	"kind-taken":    {"已有類型叫這個名稱。", "已有类型叫这个名称。", "Another type has this name."},
	"kind-triggers": {"觸發詞最多 200 個，每個最多 40 個字。", "触发词最多 200 个，每个最多 40 个字。", "At most 200 trigger words of at most 40 characters."},
	"kind-refused":  {"這個改動沒有成功。", "这个改动没有成功。", "That could not be changed."},
	"colour":        {"顏色", "颜色", "Colour"},
	"colour-own":    {"自選顏色", "自选颜色", "A colour of your own"},
	"line":          {"底線", "下划线", "Underline"},
	"line-solid":    {"實線", "实线", "Solid"},
	"line-double":   {"雙線", "双线", "Double"},
	"line-dashed":   {"虛線", "虚线", "Dashed"},
	"line-dotted":   {"點線", "点线", "Dotted"},
	"line-wavy":     {"波浪線", "波浪线", "Wavy"},
	"line-thin":     {"細", "细", "thin"},
	"line-medium":   {"中", "中", "medium"},
	"line-thick":    {"粗", "粗", "thick"},
	"triggers":      {"觸發詞（一行一個，用來建議斷言）", "触发词（一行一个，用来建议断言）", "Trigger words for suggestions, one a line"},
	"triggers-hint": {"例如：召回", "例如：召回", "For example: 召回"},

	"colour-benchmark":   {"藍", "蓝", "Blue"},
	"colour-lawsuit":     {"紅", "红", "Red"},
	"colour-funding":     {"綠", "绿", "Green"},
	"colour-release":     {"紫", "紫", "Purple"},
	"colour-partnership": {"青", "青", "Teal"},
	"colour-personnel":   {"洋紅", "洋红", "Magenta"},
	"colour-controversy": {"橙", "橙", "Orange"},
	"colour-forecast":    {"靛", "靛", "Indigo"},
	"colour-acquisition": {"橄欖綠", "橄榄绿", "Olive"},
	"colour-regulation":  {"灰", "灰", "Grey"},
	"colour-price":       {"金", "金", "Gold"},
	"colour-opinion":     {"土黃", "土黄", "Ochre"},

	"saved":       {"已存於此裝置", "已存于此设备", "Saved on this device"},
	"unsaved":     {"%d 則尚未存下", "%d 条尚未存下", "%d not saved"},
	"offline-ok":  {"離線可用", "离线可用", "Works offline"},
	"counts":      {"%d 字 · %d 則批註", "%d 字 · %d 条批注", "%d characters · %d annotations"},
	"no-colours":  {"這個瀏覽器不支援醒目提示，批註不會上色；其他功能照常。", "这个浏览器不支持高亮，批注不会上色；其他功能照常。", "This browser cannot colour highlights; everything else works."},
	"quota":       {"瀏覽器的儲存空間已滿，%d 則批註只在記憶體裡。請先匯出，再刪去用不到的文章。", "浏览器的存储空间已满，%d 条批注只在内存里。请先导出，再删去用不到的文章。", "The browser’s storage is full; %d annotations are in memory alone. Export them, then remove articles you no longer need."},
	"blocked":     {"瀏覽器不讓這個網頁儲存資料，%d 則批註只在記憶體裡，關閉分頁就會消失。請匯出。", "浏览器不让这个网页存储数据，%d 条批注只在内存里，关闭标签页就会消失。请导出。", "The browser does not let this page store data; %d annotations are in memory alone and go when the tab is closed. Export them."},
	"blocked-yet": {"瀏覽器不讓這個網頁儲存資料；批註關閉分頁就會消失，請記得匯出。", "浏览器不让这个网页存储数据；批注关闭标签页就会消失，请记得导出。", "The browser does not let this page store data; annotations go when the tab is closed. Remember to export."},
	"damaged":     {"%d 筆儲存的資料讀不懂，已另存一旁，沒有刪除。", "%d 条存储的数据读不懂，已另存一旁，没有删除。", "%d stored records could not be read. They were set aside, not deleted."},
	"article-unsaved": {"《%s》太大，瀏覽器存不下；現在可以閱讀，重新載入後需再開啟一次。", "《%s》太大，浏览器存不下；现在可以阅读，重新加载后需再打开一次。",
		"“%s” did not fit into the browser’s storage. It can be read now; after a reload, open the file again."},
	"outdated":   {"另一個分頁正在用較新的版本；這一頁已停止儲存。請重新載入。", "另一个标签页正在用较新的版本；这一页已停止存储。请重新加载。", "A newer version is open in another tab; this page has stopped saving. Please reload."},
	"retry-save": {"再存一次", "再存一次", "Save again"},
	"crashed": {"程式出了錯。已存的批註都在，可以匯出；請重新載入頁面。", "程序出了错。已存的批注都在，可以导出；请重新加载页面。",
		"The program hit an error. Everything saved is safe and can be exported; please reload the page."},
	"reload":     {"重新載入", "重新加载", "Reload"},
	"no-article": {"文章沒能載入。請檢查網路後重新載入，或從清單挑一篇。", "文章没能加载。请检查网络后重新加载，或从列表挑一篇。", "The article could not be loaded. Check the network and reload, or choose another."},

	"install":       {"安裝成應用程式", "安装成应用", "Install as an app"},
	"installed":     {"已安裝。之後可從桌面或主畫面開啟。", "已安装。之后可从桌面或主屏幕打开。", "Installed. Open it from the desktop or home screen."},
	"install-touch": {"要加到主畫面：按分享，再選「加入主畫面」。裝好的程式另有自己的儲存空間，請先匯出批註，裝好後再匯入。", "要加到主屏幕：点分享，再选“添加到主屏幕”。装好的程序另有自己的存储空间，请先导出批注，装好后再导入。", "To add it to the home screen: tap Share, then “Add to Home Screen”. The installed app has storage of its own: export your annotations first and import them there."},
	"clipboard":     {"要把剪貼簿裡的文字當文章開啟嗎？", "要把剪贴板里的文字当文章打开吗？", "Open the text on the clipboard as an article?"},
	"clipboard-do":  {"開啟", "打开", "Open it"},
	"clipboard-no":  {"瀏覽器沒有給出剪貼簿的文字。請先複製，再試一次。", "浏览器没有给出剪贴板的文字。请先复制，再试一次。", "The browser gave no text from the clipboard. Copy some, then try again."},
	"shared-link":   {"分享來的只有連結。這個程式不向別處取資料；請在原頁選取全文，再分享文字。", "分享来的只有链接。这个程序不向别处取数据；请在原页选取全文，再分享文字。", "Only a link was shared. This program fetches nothing from elsewhere: select the text on that page and share the text."},

	"shortcut-last":        {"上次讀的文章", "上次读的文章", "The article read last"},
	"shortcut-last-short":  {"上次", "上次", "Last"},
	"shortcut-paste":       {"開啟剪貼簿的文字", "打开剪贴板的文字", "New from the clipboard"},
	"shortcut-paste-short": {"剪貼簿", "剪贴板", "Clipboard"},
	"screenshot-wide":      {"一篇文章和它的批註", "一篇文章和它的批注", "An article and its annotations"},
	"screenshot-narrow":    {"在手機上讀、標記", "在手机上读、标记", "Reading and tagging on a phone"},

	"message":      {"訊息", "消息", "Message"},
	"no-page":      {"這裡沒有文章", "这里没有文章", "There is no article here"},
	"no-page-home": {"回到閱讀頁", "回到阅读页", "Go to the reader"},

	"update":     {"新版本已下載好；現在更新，或下次開啟時自動換上。", "新版本已下载好；现在更新，或下次打开时自动换上。", "A new version is ready. Update now, or it comes in when you next open the program."},
	"update-now": {"立即更新", "立即更新", "Update now"},
	"replaced":   {"另一個分頁已換上新版本；重新載入後，這一頁也會更新。", "另一个标签页已换上新版本；重新加载后，这一页也会更新。", "Another tab has taken a new version; reload to use it here too."},

	"theme":        {"佈景", "主题", "Theme"},
	"theme-system": {"跟隨系統", "跟随系统", "System"},
	"theme-light":  {"亮", "亮", "Light"},
	"theme-dark":   {"暗", "暗", "Dark"},
	"face":         {"字體", "字体", "Typeface"},
	"face-serif":   {"宋體", "宋体", "Serif"},
	"face-sans":    {"黑體", "黑体", "Sans"},
	"size":         {"字級", "字号", "Text size"},
	"size-s":       {"小", "小", "S"},
	"size-m":       {"中", "中", "M"},
	"size-l":       {"大", "大", "L"},
	"size-xl":      {"特大", "特大", "XL"},
	"language":     {"介面語言", "界面语言", "Language"},
	"lang-zh-Hant": {"繁體中文", "繁體中文", "繁體中文"},
	"lang-zh-Hans": {"简体中文", "简体中文", "简体中文"},
	"lang-en":      {"English", "English", "English"},
	"privacy":      {"一切都留在這台裝置上：沒有帳號、沒有伺服器、不向別處傳送任何東西。", "一切都留在这台设备上：没有账号、没有服务器、不向别处传送任何东西。", "Everything stays on this device: no account, no server, nothing is sent anywhere."},

	"digits":      {"數字鍵：以該類型標記選取的字", "数字键：以该类型标记选取的字", "Digits: tag the selection with that type"},
	"map":         {"全文批註分布", "全文批注分布", "Where the annotations stand"},
	"file-failed": {"無法開啟「%s」：%s", "无法打开“%s”：%s", "Cannot open “%s”: %s"},

	"file-empty":          {"檔案裡沒有文字。", "文件里没有文字。", "There is no text in it."},
	"file-too-large":      {"檔案超過 10 MB。請分成幾個較小的檔案。", "文件超过 10 MB。请分成几个较小的文件。", "It is larger than 10 MB. Split it into smaller files."},
	"file-binary":         {"這不是文字檔、網頁或 EPUB。請另存為 .txt 或 .md。", "这不是文本文件、网页或 EPUB。请另存为 .txt 或 .md。", "It is not a text, a web page or an EPUB. Save it as .txt or .md."},
	"file-not-utf-8":      {"認不出第 %d 行的文字編碼。若知道編碼，請選擇。", "认不出第 %d 行的文字编码。若知道编码，请选择。", "The encoding is not recognised (line %d). Choose it if you know it."},
	"file-unsupported":    {"這個程式讀不了這種檔案。", "这个程序读不了这种文件。", "This program cannot read such a file."},
	"file-header-open":    {"檔頭沒有以 --- 結束（第 %d 行）。", "文件头没有以 --- 结束（第 %d 行）。", "The header is not closed by --- (line %d)."},
	"file-header-line":    {"檔頭第 %d 行不是「名稱: 內容」。", "文件头第 %d 行不是“名称: 内容”。", "Header line %d is not “name: value”."},
	"file-header-name":    {"檔頭第 %d 行的名稱不認得，或重複了。可用：title、author、source、date、variant。", "文件头第 %d 行的名称不认得，或重复了。可用：title、author、source、date、variant。", "Header line %d has an unknown or repeated name. Use title, author, source, date, variant."},
	"file-header-title":   {"檔頭沒有 title（到第 %d 行為止）。", "文件头没有 title（到第 %d 行为止）。", "The header has no title (it ends at line %d)."},
	"file-header-date":    {"檔頭第 %d 行的日期不是 YYYY-MM-DD。", "文件头第 %d 行的日期不是 YYYY-MM-DD。", "The date in header line %d is not YYYY-MM-DD."},
	"file-header-variant": {"檔頭第 %d 行的 variant 不是 zh-Hans、zh-Hant、zh-TW 或 zh-HK。", "文件头第 %d 行的 variant 不是 zh-Hans、zh-Hant、zh-TW 或 zh-HK。", "The variant in header line %d is not zh-Hans, zh-Hant, zh-TW or zh-HK."},
	"file-unreadable":     {"瀏覽器讀不到這個檔案。", "浏览器读不到这个文件。", "The browser could not read the file."},
}

// Texts is the interface's texts in a language; one that is not there is taken
// as Traditional Chinese. A key that is not there comes back as itself.
func Texts(lang string) func(key string, args ...any) string {
	column := 0
	for i, l := range Languages {
		if l == lang {
			column = i
		}
	}
	return func(key string, args ...any) string {
		cells, ok := texts[key]
		if !ok {
			return key
		}
		return say(cells[column], args)
	}
}

// say puts the arguments, texts and whole numbers, in the places of %s and %d.
func say(format string, args []any) string {
	if len(args) == 0 {
		return format
	}
	var b strings.Builder
	for len(format) > 0 {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 >= len(format) {
			break
		}
		b.WriteString(format[:i])
		verb := format[i+1]
		format = format[i+2:]
		if len(args) == 0 {
			continue
		}
		switch v := args[0].(type) {
		case string:
			b.WriteString(v)
		case int:
			if verb == 'd' {
				b.WriteString(thousands(v))
			}
		}
		args = args[1:]
	}
	b.WriteString(format)
	return b.String()
}

// thousands groups the digits of a number, as all three languages do.
func thousands(n int) string {
	if n < 0 {
		return "-" + thousands(-n)
	}
	s := ""
	for n >= 1000 {
		part := n % 1000
		s = "," + string(rune('0'+part/100)) + string(rune('0'+part/10%10)) + string(rune('0'+part%10)) + s
		n /= 1000
	}
	var head []byte
	for first := true; first || n > 0; first = false {
		head = append([]byte{byte('0' + n%10)}, head...)
		n /= 10
	}
	return string(head) + s
}

// LanguageFor picks the interface's language from what the browser asks for.
func LanguageFor(wanted []string) string {
	for _, w := range wanted {
		w = strings.ToLower(w)
		switch {
		case strings.HasPrefix(w, "zh-hans"), strings.HasPrefix(w, "zh-cn"), strings.HasPrefix(w, "zh-sg"), strings.HasPrefix(w, "zh-my"):
			return "zh-Hans"
		case strings.HasPrefix(w, "zh"):
			return "zh-Hant"
		case strings.HasPrefix(w, "en"):
			return "en"
		}
	}
	return "zh-Hant"
}
