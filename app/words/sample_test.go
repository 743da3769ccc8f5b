package words_test

// sample is text with what trips segmenters, written for these tests.
const sample = `Claude 3 发布当天，GPT-4 Turbo 的上下文窗口还是 12.8 万 tokens，Gemini 1.5 已经到了 100 万。
2024 年 3 月 4 日，公司宣布完成 3.5 亿美元融资，估值涨了 65%。
扎克伯格说，Llama 3 的参数量会超过 1400 亿，7 月前后开源。
英伟达的工程师在机器之心的访谈里谈到闭源、多模态和基准测试。
`
