using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace EduUnion.Host.Api;

/// <summary>
/// Reads the body of a changing request once, up to <see cref="Longest"/>, and knows the request by its
/// <c>Idempotency-Key</c> and the hash of what it asks. Stands behind the authorisation: a stranger's body is not read.
/// </summary>
internal sealed class Requests(RequestDelegate next, Texts texts)
{
    /// <summary>Bytes, unless the endpoint says otherwise. The longest motion and the longest answer stay far below.</summary>
    public const int Longest = 1024 * 1024;

    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            await next(http);
            return;
        }
        if (await ReadAsync(request, LimitOf(http), http.RequestAborted) is not { } body)
        {
            await Problems
                .Of(texts, StatusCodes.Status413PayloadTooLarge, Refusal.Because("request.too-large"))
                .ExecuteAsync(http);
            return;
        }
        request.Body = new MemoryStream(body, writable: false);
        request.ContentLength = body.Length;
        var key = KeyOf(http);
        if (key is not null && !IsReadable(key))
        {
            await Problems.Of(texts, Refusal.Because("request.key-unreadable")).ExecuteAsync(http);
            return;
        }
        http.Features.Set(new Known(body.Length, key, key is null ? null : Hash(request, body)));
        await next(http);
    }

    /// <summary>Who asks, with the key and hash by which a repeated request is known.</summary>
    public static Asker AskerOf(HttpContext http)
    {
        var known = http.Features.Get<Known>();
        return new Asker(http.User.MemberId(), known?.Key, known?.Hash);
    }

    /// <summary>Whether a changing request came without any body.</summary>
    public static bool IsEmpty(HttpContext http) => http.Features.Get<Known>() is { Length: 0 };

    /// <summary>
    /// The body of an endpoint that shares its handler with others whose bodies differ: such a handler cannot be compiled
    /// with the program, and the framework would compile each of them again at every start. Refused like any other body.
    /// </summary>
    /// <exception cref="BadHttpRequestException">There is none, or it cannot be read as what is asked for.</exception>
    public static async Task<TBody> BodyAsync<TBody>(HttpContext http)
        where TBody : class
    {
        if (!http.Request.HasJsonContentType())
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        if (IsEmpty(http))
            throw new BadHttpRequestException("No body");
        try
        {
            return await http.Request.ReadFromJsonAsync<TBody>(http.RequestAborted)
                ?? throw new BadHttpRequestException("No body");
        }
        catch (JsonException cause)
        {
            throw new BadHttpRequestException("Not readable", StatusCodes.Status400BadRequest, cause);
        }
    }

    /// <inheritdoc cref="BodyAsync"/>
    public static async Task<T> WithBodyAsync<TBody, T>(HttpContext http, Func<TBody, Task<T>> use)
        where TBody : class => await use(await BodyAsync<TBody>(http));

    private static string? KeyOf(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        // Sign-in is exempt: an answer with a token is not stored.
        && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
        && http.Request.Headers.TryGetValue(KeyHeader, out var key)
            ? key.ToString()
            : null;

    private static long LimitOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Longest;

    private static bool IsReadable(string key) =>
        key.Length is > 0 and <= LongestKey && key.All(c => c is >= ' ' and <= '~');

    private static byte[] Hash(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>Null when it is too long; a length that the client only claims is not believed.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, long longest, CancellationToken cancellation)
    {
        if (request.ContentLength > longest)
            return null;
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (read.Length + count > longest)
                return null;
            read.Write(buffer, 0, count);
        }
        return read.ToArray();
    }

    private sealed record Known(int Length, string? Key, byte[]? Hash);
}
