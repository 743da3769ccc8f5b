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
	"articles-none":   {"還沒有。按下方按鈕，或把 .txt、.md 檔拖進頁面。", "还没有。按下方按钮，或把 .txt、.md 文件拖进页面。", "None yet. Use the button below, or drop a .txt or .md file on the page."},
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
	"file-binary":         {"這不是文字檔。請另存為 .txt 或 .md。", "这不是文本文件。请另存为 .txt 或 .md。", "It is not a text file. Save it as .txt or .md."},
	"file-not-utf-8":      {"第 %d 行不是 UTF-8。請在編輯器裡以 UTF-8 另存。", "第 %d 行不是 UTF-8。请在编辑器里以 UTF-8 另存。", "Line %d is not UTF-8. Save the file as UTF-8 in your editor."},
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
