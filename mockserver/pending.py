"""Operations of the contract whose handlers are still to come; the mock answers them with 501."""

PENDING: frozenset[str] = frozenset(
    [
        "GET /api/v1/livechat/agents/{agentId}/departments",
        "GET /api/v1/livechat/analytics/agents/available-for-service-history",
        "GET /api/v1/livechat/analytics/agents/average-service-time",
        "GET /api/v1/livechat/analytics/agents/total-service-time",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-agent",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-department",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-source",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-status",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-tags",
        "GET /api/v1/livechat/appearance",
        "POST /api/v1/livechat/appearance",
        "GET /api/v1/livechat/business-hour",
        "GET /api/v1/livechat/business-hours",
        "POST /api/v1/livechat/business-hours.remove",
        "POST /api/v1/livechat/business-hours.save",
        "GET /api/v1/livechat/integrations.settings",
        "POST /api/v1/livechat/offline.message",
        "POST /api/v1/livechat/page.visited",
        "POST /api/v1/livechat/sms-incoming/{service}",
        "POST /api/v1/livechat/transcript",
        "DELETE /api/v1/livechat/transcript/{rid}",
        "POST /api/v1/livechat/transcript/{rid}",
        "POST /api/v1/livechat/triggers/external-service/test",
        "POST /api/v1/livechat/upload/{rid}",
        "POST /api/v1/livechat/webhook.test",
        "POST /api/v1/omnichannel/integrations",
        "POST /api/v1/omnichannel/{rid}/request-transcript",
    ]
)
