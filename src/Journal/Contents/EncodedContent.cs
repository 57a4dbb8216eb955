using DklActors.Journal.Storage;

namespace DklActors.Journal.Contents;

/// <summary>A content and the file that it becomes.</summary>
internal readonly record struct EncodedContent(Content Content, byte[] File)
{
    public static EncodedContent Of(Content content) => new(content, ContentFile.Write(content.Bytes));
}
