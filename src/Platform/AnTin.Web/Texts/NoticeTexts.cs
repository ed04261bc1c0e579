using System.Collections.Frozen;
using AnTin.Contracts.Platform;

namespace AnTin.Web.Texts;

/// <summary>What a page says after an act succeeded: <c>?notice=code</c>. Modules register theirs as singletons.</summary>
/// <param name="Code"><c>module.what-happened</c>, lower case.</param>
public sealed record NoticeText(string Code, Text Text);

/// <summary>All notices of this host by code.</summary>
public sealed class NoticeCatalogue(IEnumerable<NoticeText> notices)
{
    private readonly FrozenDictionary<string, Text> _texts = notices.ToFrozenDictionary(n => n.Code, n => n.Text, StringComparer.Ordinal);

    public Text? Find(string? code) => code is not null && _texts.TryGetValue(code, out Text? text) ? text : null;
}
